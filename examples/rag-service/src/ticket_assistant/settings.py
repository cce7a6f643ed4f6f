"""What a deployment may change: environment first, then .env, then config/app.yaml."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", yaml_file="config/app.yaml", extra="ignore")

    openai_model: str = "gpt-4o-mini"
    anthropic_model: str = "claude-3-5-haiku-latest"
    note_model: str = "llama3.2:3b"
    ollama_url: str = "http://localhost:11434"
    intent_size: Literal["small", "large"] = "small"
    passages_file: Path = Path("data/passages.jsonl")
    candidates: int = 40
    top_k: int = 5

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        yaml_settings = YamlConfigSettingsSource(settings_cls)
        return init_settings, env_settings, dotenv_settings, yaml_settings


@cache
def get_settings() -> Settings:
    return Settings()
