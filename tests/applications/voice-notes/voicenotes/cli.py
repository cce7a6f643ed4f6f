"""Write down what was said in a meeting."""

import click

from voicenotes import diarize, keyframes, speak, transcribe
from voicenotes.summary import summarize

SIZES = ["tiny.en", "small.en", "large-v3"]


@click.command()
@click.argument("audio", type=click.Path(exists=True))
@click.option("--size", type=click.Choice(SIZES), default="small.en", show_default=True)
@click.option("--llm", default="llama3.1:8b", help="Ollama model of the summary.")
@click.option("--format", "kind", default="text/markdown")
@click.option("--video/--no-video", default=False)
def main(audio: str, size: str, llm: str, kind: str, video: bool) -> None:
    turns = diarize.turns(audio)
    text = transcribe.Transcriber(size).run(audio)
    click.echo(summarize(text, turns, model=llm))
    if video:
        keyframes.people(audio)
    speak.read_out(text[:200])
