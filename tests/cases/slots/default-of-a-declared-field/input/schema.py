import attrs
import typer
from pydantic import BaseModel, Field


class Request(BaseModel):
    controlnet_method: str = Field("lllyasviel/control_v11p_sd15_canny", description="acme/not-this-one")
    embedding_model: str = Field(default="BAAI/bge-m3")
    media_type: str = Field("image/png")


@attrs.define
class Options:
    reranker = attrs.field(default="BAAI/bge-reranker-v2-m3")


def main(model: str = typer.Option("openai/whisper-large-v3", "--model")) -> None: ...
