"""Press texts, with Pydantic AI."""

from pathlib import Path

from pydantic_ai import Agent

from fleet.config import Model

PROMPT = Path(__file__).parent / "prompts" / "press.md"

writer = Agent(f"anthropic:{Model.WRITER}", system_prompt=PROMPT.read_text(encoding="utf-8"), name="press-writer")
critic = Agent("google-gla:gemini-2.0-flash", name="critic", system_prompt="You find mistakes.")


def text(show: str) -> str:
    draft = writer.run_sync(show).output
    return critic.run_sync(draft).output
