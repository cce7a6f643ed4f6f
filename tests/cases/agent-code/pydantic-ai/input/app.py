from pydantic_ai import Agent
from pydantic_ai.mcp import MCPServerHTTP, MCPServerStdio

from shared import agent as support

search = MCPServerStdio("uvx", ["mcp-server-fetch"])
helper = Agent("openai:gpt-4o", toolsets=[search, MCPServerHTTP(url="https://u:p@tools.example/sse?key=abc")])


@helper.tool_plain
def dice() -> int:
    return 4


@support.tool
async def balance(ctx) -> float:
    return 0.0
