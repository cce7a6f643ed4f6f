from pydantic_settings import BaseSettings
from transformers import AutoModel


class Settings(BaseSettings):
    model: str


settings = Settings()
AutoModel.from_pretrained(settings.model)
