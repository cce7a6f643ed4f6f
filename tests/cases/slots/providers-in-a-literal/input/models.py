from typing import Literal

from openai import OpenAI
from typing_extensions import TypeAliasType

KnownModelName = TypeAliasType(
    "KnownModelName",
    Literal[
        "anthropic/claude-3-5-haiku-latest",
        "openai/gpt-4o",
        "groq/llama-3.3-70b-versatile",
        "mistral/ministral-8b-latest",
        "cohere/command-r",
    ],
)
# The same without a provider's prefix beside it is an id of the Hub.
LOCAL = ["mistral/acme-ranker-7b-instruct", "acme/reader-7b-instruct", "acme/writer-7b-instruct"]
