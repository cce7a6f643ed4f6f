from langchain_core.tools import tool
from langchain_mcp_adapters.client import MultiServerMCPClient
from langchain_openai import ChatOpenAI
from langgraph.prebuilt import create_react_agent

llm = ChatOpenAI(model="gpt-4o")
SERVERS = {
    "math": {"command": "python", "args": ["math_server.py"], "transport": "stdio"},
    "weather": {"url": "http://localhost:8000/mcp", "transport": "streamable_http"},
}


@tool("lookup")
def find(text: str) -> str:
    """Look up."""
    return text


class Store:
    @tool
    def save(self, text: str) -> None:
        """Save."""


async def build():
    client = MultiServerMCPClient(SERVERS)
    tools = await client.get_tools()
    return create_react_agent(llm, [*tools, find])


research = create_react_agent(llm, tools=[find], name="researcher")
