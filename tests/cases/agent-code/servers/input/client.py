import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

params = StdioServerParameters(command="docker", args=["run", "-i", "-e", "TOKEN=abc", "acme/mcp"], env={"TOKEN": "abc"})
own = StdioServerParameters(command=sys.executable, args=["server.py"])
