from enum import Enum, StrEnum


class Whisper(str, Enum):
    TINY = "openai/whisper-tiny"
    LARGE = "openai/whisper-large-v3"


class Speech(StrEnum):
    MMS = "facebook/mms-tts-deu"
