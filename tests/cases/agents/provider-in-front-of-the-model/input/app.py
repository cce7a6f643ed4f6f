from agents import Agent as OpenAIAgent
from crewai import Agent, LLM
import dspy
import instructor
from pydantic_ai import Agent as TypedAgent
from pydantic_ai.models.anthropic import AnthropicModel
from smolagents import InferenceClientModel, LiteLLMModel, TransformersModel
from google.adk.agents import LlmAgent

writer = Agent(role="writer", llm=LLM(model="groq/llama-3.3-70b-versatile"))
critic = Agent(role="critic", llm="anthropic/claude-3-5-haiku-latest")
dspy.configure(lm=dspy.LM("openai/gpt-4o-mini"))
client = instructor.from_provider("google/gemini-2.0-flash")
typed = TypedAgent("openai:gpt-4.1", instructions="Be brief.")
given = TypedAgent(AnthropicModel("claude-3-7-sonnet-latest"))
hub = InferenceClientModel("Qwen/Qwen3-32B", provider="together")
local = TransformersModel(model_id="HuggingFaceTB/SmolLM2-360M-Instruct")
lite = LiteLLMModel("ollama_chat/llama3.2")
triage = OpenAIAgent(name="triage", model="gpt-4o")
root = LlmAgent(name="root", model="gemini-2.5-pro")
