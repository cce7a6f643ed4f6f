from autogen import AssistantAgent
from google.adk.agents import LlmAgent, SequentialAgent
from google.adk.tools import google_search
from smolagents import CodeAgent, InferenceClientModel, tool


@tool
def shout(text: str) -> str:
    return text.upper()


coder = CodeAgent(tools=[shout], model=InferenceClientModel("Qwen/Qwen3-32B"))
finder = LlmAgent(name="finder", model="gemini-2.5-flash", tools=[google_search])
flow = SequentialAgent(name="flow", sub_agents=[finder])
critic = AssistantAgent("critic", llm_config={"config_list": [{"model": "gpt-4"}]})
