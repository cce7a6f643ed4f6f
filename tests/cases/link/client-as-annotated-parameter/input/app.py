from __future__ import annotations

import openai
from anthropic import Anthropic
from openai import AsyncOpenAI as Client


async def one(client: Client, text: str):
    return await client.responses.create(model="gpt-4.1", input=text)


def two(client: openai.OpenAI | None, text: str):
    return client.embeddings.create(model="text-embedding-3-large", input=text)


def three(client: "Anthropic", text: str):
    return client.messages.create(model="claude-3-sonnet-20240229", max_tokens=9, messages=[text])
