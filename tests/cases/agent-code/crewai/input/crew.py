from crewai import LLM, Agent, Crew, Task
from crewai.tools import BaseTool
from crewai_tools import SerperDevTool

llm = LLM(model="anthropic/claude-3-5-sonnet-latest")


class Notes(BaseTool):
    name: str = "Note keeper"
    description: str = "Keeps notes."


researcher = Agent(role="Researcher", goal="…", backstory="…", llm=llm, tools=[SerperDevTool(), Notes()])
writer = Agent(role="Writer", goal="…", backstory="…", llm="gpt-4o-mini")
crew = Crew(agents=[researcher, writer], tasks=[Task(description="…", agent=writer)])
