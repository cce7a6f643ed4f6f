from agents import Agent

Agent(name="mouse", model="gpt-4o")
