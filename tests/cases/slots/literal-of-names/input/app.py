from typing import Literal

from typing_extensions import TypeAliasType

KnownModelName = TypeAliasType(
    "KnownModelName",
    Literal["vertexai/gemini-2.0-flash", "mistral/codestral-latest", "fireworks/accounts/fireworks/models/kimi-k2"],
)
PROVIDER = "google_genai"
SPEC = {"model_provider": "google_genai", "model_prefix": "openrouter/"}
SAMPLE = "azure/gpt-4o"
