import os
import subprocess
from pathlib import Path

import requests
from langchain_community.tools import ShellTool
from langchain_core.tools import BaseTool, Tool, tool
from langchain_experimental.tools import PythonREPLTool
from langgraph.prebuilt import create_react_agent
from smolagents import CodeAgent, InferenceClientModel, PythonInterpreterTool


@tool
def check_disk(folder: str) -> str:
    """Tell how full a folder is."""
    return started(f"du -sh {folder}")


def started(line: str) -> str:
    return subprocess.run(line, shell=True, capture_output=True).stdout


@tool
def branch(name: str) -> str:
    """Change to a branch: the program is fixed, and takes words."""
    return subprocess.run(["git", "checkout", name], capture_output=True).stdout


@tool
def uptime(reason: str) -> str:
    """Run what nobody gives."""
    os.system("uptime")
    return reason


@tool
def fetch(url: str) -> str:
    """Fetch any page."""
    return requests.get(url, timeout=5).text


@tool
def weather(city: str) -> str:
    """Ask one service."""
    return requests.get(f"https://weather.example/{city}", timeout=5).text


@tool
def note(name: str, text: str) -> None:
    """Write where one is told to."""
    Path("notes", name).write_text(text)


@tool
def journal(text: str) -> None:
    """Write to one file."""
    with open("journal.txt", "a") as file:
        file.write(text)


class Calculator(BaseTool):
    name: str = "calculator"

    def _run(self, expression: str) -> str:
        return str(eval(expression))


class Careful(ShellTool):
    """A shell with a list of what is allowed."""


def solve(text: str) -> str:
    exec(text)
    return ""


handy = Tool(name="solver", func=solve, description="Solve it.")

agent = create_react_agent(
    "openai:gpt-4o",
    tools=[
        *(check_disk, branch, uptime, fetch, weather, note, journal),
        *(Calculator(), Careful(), handy, PythonREPLTool()),
    ],
    name="clerk",
)
coder = CodeAgent(tools=[PythonInterpreterTool()], model=InferenceClientModel("Qwen/Qwen3-8B"))
