from mcp.server.fastmcp import FastMCP

mcp = FastMCP("Demo", port=8000)


@mcp.tool()
def add(a: int, b: int) -> int:
    return a + b


@mcp.resource("x://y")
def resource() -> str:
    return ""
