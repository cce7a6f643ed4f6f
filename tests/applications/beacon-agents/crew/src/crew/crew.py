from crewai import Agent, Crew, Process, Task
from crewai.project import CrewBase, agent, crew, task
from crewai_tools import SerperDevTool


@CrewBase
class NewsCrew:
    agents_config = "config/agents.yaml"
    tasks_config = "config/tasks.yaml"

    @agent
    def scout(self) -> Agent:
        return Agent(config=self.agents_config["scout"], tools=[SerperDevTool()])

    @agent
    def scribe(self) -> Agent:
        return Agent(config=self.agents_config["scribe"])

    @task
    def scout_task(self) -> Task:
        return Task(config=self.tasks_config["scout_task"])

    @crew
    def crew(self) -> Crew:
        return Crew(agents=self.agents, tasks=self.tasks, process=Process.sequential, manager_llm="openai/gpt-4.1")
