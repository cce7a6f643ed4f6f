from acme.agents import Agent

agent = Agent(name="helper", model="claude-3-5-sonnet-20241022", tools=["web/search"])
other = Agent(name="coder", checkpoint="bigcode/starcoder2-3b")
