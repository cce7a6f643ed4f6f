from pathlib import Path

from agents import Agent, HostedMCPTool, WebSearchTool, function_tool
from agents.mcp import MCPServerStdio

from tools import find_order

MODEL = "gpt-4.1"


@function_tool(name_override="refund_order")
def refund(order: str) -> str:
    return order


billing = Agent(name="Billing", model="gpt-4.1-mini", tools=[refund, find_order, WebSearchTool()])


async def main():
    async with MCPServerStdio(params={"command": "npx", "args": ["-y", "@acme/crm-mcp@1.0.2"], "env": {"K": "v"}}) as crm:
        triage = Agent(
            name="Triage",
            instructions=Path("prompts/triage.md").read_text(),
            model=MODEL,
            handoffs=[billing],
            mcp_servers=[crm],
            tools=[
                HostedMCPTool(tool_config={"type": "mcp", "server_label": "wiki", "server_url": "https://wiki.example/mcp"}),
                billing.as_tool(tool_name="ask_billing", tool_description="…"),
            ],
        )
        return triage
