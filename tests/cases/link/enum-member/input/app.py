from names import Speech, Whisper
from transformers import AutoProcessor, pipeline

processor = AutoProcessor.from_pretrained(Whisper.LARGE.value)
speak = pipeline("text-to-speech", model=Speech.MMS)
