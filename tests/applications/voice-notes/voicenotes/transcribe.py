from __future__ import annotations

from faster_whisper import WhisperModel

ALIASES = {"turbo": "deepdml/faster-whisper-large-v3-turbo-ct2"}


class Transcriber:
    """Keeps one model in memory."""

    default = "distil-large-v3"

    def __init__(self, size: str | None = None, compute_type: str = "int8") -> None:
        name = size or self.default
        self.model = WhisperModel(ALIASES.get(name, name), device="auto", compute_type=compute_type)

    def run(self, path: str, language: str = "en") -> str:
        segments, _ = self.model.transcribe(path, language=language, vad_filter=True)
        return " ".join(s.text for s in segments)


def legacy(path: str) -> str:
    """The reference implementation, when CTranslate2 is missing."""
    import whisper

    return whisper.load_model("base.en").transcribe(path)["text"]
