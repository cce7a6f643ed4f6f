"""Chat models: hosted ones for replies, a local one for internal notes."""

import os

import ollama
from anthropic import Anthropic
from openai import APIError, OpenAI

from ticket_assistant.config import REPLY_PROMPT
from ticket_assistant.settings import get_settings


class ReplyWriter:
    def __init__(self, model: str | None = None) -> None:
        settings = get_settings()
        self.model = model or settings.openai_model
        self.fallback_model = settings.anthropic_model
        self.client = OpenAI()
        self.fallback = Anthropic()

    def write(self, question: str, passages: list[str]) -> str:
        prompt = "\n\n".join([*passages, f"Question: {question}"])
        try:
            completion = self.client.chat.completions.create(
                model=self.model,
                messages=[
                    {"role": "system", "content": REPLY_PROMPT},
                    {"role": "user", "content": prompt},
                ],
            )
        except APIError:
            return self._write_with_fallback(prompt)
        return completion.choices[0].message.content or ""

    def _write_with_fallback(self, prompt: str) -> str:
        message = self.fallback.messages.create(
            model=self.fallback_model,
            max_tokens=1024,
            system=REPLY_PROMPT,
            messages=[{"role": "user", "content": prompt}],
        )
        return "".join(block.text for block in message.content if block.type == "text")


def write_note(ticket: str) -> str:
    """Draft an internal note; the ticket's text stays on our network."""
    settings = get_settings()
    response = ollama.Client(host=settings.ollama_url).chat(
        model=settings.note_model,
        messages=[{"role": "user", "content": f"Write a short internal note:\n{ticket}"}],
    )
    return response.message.content or ""


def is_allowed(text: str) -> bool:
    moderation = OpenAI().moderations.create(model=os.environ["MODERATION_MODEL"], input=text)
    return not moderation.results[0].flagged
