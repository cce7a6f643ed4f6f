from typing import Annotated

import typer
from transformers import pipeline

app = typer.Typer()


@app.command()
def translate(text: str, model: str = typer.Option("Helsinki-NLP/opus-mt-en-de", help="which model")):
    print(pipeline("translation", model=model)(text))


@app.command()
def speak(text: str, voice: Annotated[str, typer.Option("--voice")] = "suno/bark-small"):
    print(pipeline("text-to-speech", model=voice)(text))
