"""The box office, with the OpenAI Agents SDK."""

from agents import Agent, Runner, function_tool
from agents.mcp import MCPServerStdio

from fleet.config import Model


@function_tool
def seats(show: str) -> int:
    """Free seats of a show."""
    return 12


refunds = Agent(name="Refunds", instructions="You pay back tickets.", model=Model.CHEAP)
box_office = Agent(
    name="Box office",
    instructions="You sell tickets. Hand refunds over.",
    model=Model.PLANNER,
    tools=[seats],
    handoffs=[refunds],
    mcp_servers=[MCPServerStdio(name="calendar", params={"command": "uvx", "args": ["mcp-server-time==0.6.2"]})],
)


async def serve(question: str) -> str:
    return (await Runner.run(box_office, question)).final_output
