import typer
from transformers import pipeline

app = typer.Typer()


@app.command()
def speak(voice: str, text: str = "tern", vocoder: str = typer.Option("microsoft/speecht5_hifigan", "--hifi")):
    from transformers import SpeechT5HifiGan

    pipeline("text-to-speech", model=voice, vocoder=SpeechT5HifiGan.from_pretrained(vocoder))(text)


@app.command()
def listen(ear: str = "openai/whisper-tiny.en"):
    pipeline("automatic-speech-recognition", model=ear)


if __name__ == "__main__":
    app()
