import os

from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    llm_model: str = Field(default="gpt-4o-mini", description="what answers")
    embedding_model: str = os.getenv("EMBEDDING_MODEL", "BAAI/bge-m3")
    llm_title: str = Field(default="gpt-4o-mini is good")
