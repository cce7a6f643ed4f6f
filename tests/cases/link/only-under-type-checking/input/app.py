from __future__ import annotations

from typing import TYPE_CHECKING

from names import DEFAULT

if TYPE_CHECKING:
    from openai import OpenAI


def ask(client: OpenAI, text: str, model: str = DEFAULT) -> str:
    return client.responses.create(model=model, input=text).output_text
