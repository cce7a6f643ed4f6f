from crewai import Agent
from pydantic_ai import Agent as TypedAgent
from tools import pick

first = Agent(role="a", llm=pick("fast"))
second = TypedAgent(pick("large"), name="b")
third = TypedAgent()
