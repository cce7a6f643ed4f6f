from agents import Agent

jones = Agent("Jones")
