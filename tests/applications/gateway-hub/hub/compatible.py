"""Providers that speak OpenAI's protocol."""

import os
from dataclasses import dataclass

from openai import AsyncOpenAI, AzureOpenAI, OpenAI


@dataclass(frozen=True)
class Provider:
    base_url: str
    key: str
    model: str

    def client(self) -> OpenAI:
        return OpenAI(base_url=self.base_url, api_key=os.environ[self.key])

    def ask(self, text: str) -> str:
        reply = self.client().chat.completions.create(model=self.model, messages=[{"role": "user", "content": text}])
        return reply.choices[0].message.content


DEEPSEEK = Provider("https://api.deepseek.com", "DEEPSEEK_API_KEY", "deepseek-reasoner")
XAI = Provider("https://api.x.ai/v1", "XAI_API_KEY", model="grok-3-mini")
PERPLEXITY = Provider("https://api.perplexity.ai", "PERPLEXITY_API_KEY", "sonar-pro")

PROVIDERS = {
    "together": Provider("https://api.together.xyz/v1", "TOGETHER_API_KEY", "meta-llama/Llama-4-Scout-17B-16E-Instruct"),
    "fireworks": Provider(
        "https://api.fireworks.ai/inference/v1",
        "FIREWORKS_API_KEY",
        "accounts/fireworks/models/qwen3-235b-a22b",
    ),
    "deepseek": DEEPSEEK,
    "xai": XAI,
}


def route(text: str, provider: str = "together") -> str:
    return PROVIDERS[provider].ask(text)


def azure(text: str) -> str:
    client = AzureOpenAI(azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"], api_version="2024-10-21")
    deployment = os.getenv("AZURE_OPENAI_DEPLOYMENT", "hub-gpt-41")
    reply = client.chat.completions.create(model=deployment, messages=[{"role": "user", "content": text}])
    return reply.choices[0].message.content


async def router(text: str) -> str:
    """OpenRouter picks who serves."""
    client = AsyncOpenAI(base_url="https://openrouter.ai/api/v1", api_key=os.environ["OPENROUTER_API_KEY"])
    reply = await client.chat.completions.create(
        model="qwen/qwen3-32b",
        extra_body={"models": ["mistralai/mistral-nemo", "google/gemma-3-27b-it"]},
        messages=[{"role": "user", "content": text}],
    )
    return reply.choices[0].message.content
