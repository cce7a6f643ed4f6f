from typing import Annotated

import typer
from transformers import AutoModel, AutoTokenizer

app = typer.Typer()


@app.command()
def draw(
    model: str,
    words: Annotated[str, typer.Option("--tok")] = "acme/words",
    adapters: list[str] = typer.Option([], "--adapter"),
    dry: bool = False,
):
    AutoModel.from_pretrained(model)
    AutoTokenizer.from_pretrained(words)
    for adapter in adapters:
        AutoModel.from_pretrained(adapter)


if __name__ == "__main__":
    app()
