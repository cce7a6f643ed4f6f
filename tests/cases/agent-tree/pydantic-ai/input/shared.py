from pydantic_ai import Agent

agent = Agent("anthropic:claude-3-7-sonnet-latest", name="Support")
