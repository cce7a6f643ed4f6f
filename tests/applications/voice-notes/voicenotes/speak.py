from pathlib import Path

VOICES = {
    "en": "tts_models/en/ljspeech/vits",
    "de": "tts_models/de/thorsten/vits",
}


def read_out(text: str, language: str = "en", out: Path = Path("out/read.wav")) -> None:
    from TTS.api import TTS

    TTS(VOICES[language]).tts_to_file(text, file_path=str(out))


def fast(text: str) -> None:
    from kokoro import KPipeline

    KPipeline(lang_code="a", repo_id="hexgrad/Kokoro-82M")(text, voice="af_heart")
