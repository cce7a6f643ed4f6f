"""Tour planning, with crewAI; agents are in config/agents.yaml."""

from crewai import LLM, Agent, Crew, Task
from crewai.project import CrewBase, agent, crew, task


@CrewBase
class Tour:
    agents_config = "config/agents.yaml"
    tasks_config = "config/tasks.yaml"

    @agent
    def scout(self) -> Agent:
        return Agent(config=self.agents_config["scout"], llm=LLM(model="mistral/mistral-large-latest", temperature=0))

    @agent
    def accountant(self) -> Agent:
        return Agent(config=self.agents_config["accountant"])

    @task
    def plan(self) -> Task:
        return Task(config=self.tasks_config["plan"])

    @crew
    def crew(self) -> Crew:
        return Crew(agents=self.agents, tasks=self.tasks, verbose=True)
