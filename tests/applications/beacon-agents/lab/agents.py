"""The same question to agents of several makers."""

import os
from pathlib import Path

from agents import Agent as OpenAIAgent
from agents import OpenAIChatCompletionsModel, function_tool
from agents.mcp import MCPServerStdio
from agno.agent import Agent as AgnoAgent
from agno.models.anthropic import Claude
from google.adk.agents import LlmAgent
from haystack.components.agents import Agent as HaystackAgent
from haystack.components.generators.chat import OpenAIChatGenerator
from llama_index.core.agent.workflow import FunctionAgent
from llama_index.llms.openai import OpenAI
from openai import AsyncOpenAI
from pydantic_ai import Agent
from strands import Agent as StrandsAgent
from strands import tool
from strands.models import BedrockModel

HERE = Path(__file__).parent


@function_tool
def library_hours(day: str) -> str:
    return "9-17"


@tool
def shelf_of(title: str) -> str:
    return "B7"


def add(a: int, b: int) -> int:
    return a + b


maps = MCPServerStdio(name="maps", params={"command": "uvx", "args": ["beacon-maps-mcp"]})
grok = AsyncOpenAI(base_url="https://api.x.ai/v1", api_key=os.environ["XAI_API_KEY"])

guide = OpenAIAgent(
    name="guide",
    instructions=(HERE / "guide.md").read_text(),
    model=OpenAIChatCompletionsModel(model="grok-3-mini", openai_client=grok),
    tools=[library_hours],
    mcp_servers=[maps],
)
typed = Agent("mistral:mistral-large-latest", name="typed")
shelver = StrandsAgent(name="shelver", model=BedrockModel(model_id="us.amazon.nova-pro-v1:0"), tools=[shelf_of])
curator = AgnoAgent(name="curator", model=Claude(id="claude-opus-4-20250514"))
counter = FunctionAgent(name="counter", llm=OpenAI(model="gpt-4.1-mini"), tools=[add])
root_agent = LlmAgent(name="greeter", model="gemini-2.0-flash", instruction="Greet.")
answerer = HaystackAgent(chat_generator=OpenAIChatGenerator(model="gpt-4o-mini-2024-07-18"))
