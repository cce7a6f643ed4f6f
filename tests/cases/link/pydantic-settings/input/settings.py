from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings


class Llm(BaseModel):
    model: str = "claude-3-7-sonnet-20250219"


class Settings(BaseSettings):
    llm: Llm = Llm()
    embedding_model: str = Field("text-embedding-ada-002", description="of openai")
    judge: str = Field(default="gpt-4.1")


settings = Settings()
