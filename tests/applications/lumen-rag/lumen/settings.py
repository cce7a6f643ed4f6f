from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from lumen.defaults import EMBEDDER


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="LUMEN_", env_file=".env")

    embedding_model: str = EMBEDDER
    answer_model: str = Field(default="anthropic/claude-3-7-sonnet-20250219", description="LiteLLM name")
    fallback_model: str = "openai/gpt-4o-mini"
    qdrant_url: str = "http://qdrant:6333"
    collection: str = "minutes/v2"
    language: str = "de"


settings = Settings()
