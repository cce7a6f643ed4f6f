from travel import Agent, tool
from flask import Flask

app = Flask("demo")


@app.tool
def a(): ...


@tool
def b(): ...


agent = Agent(name="Smith", model="gpt-4o", tools=[a, b])
