from transformers import AutoModelForSpeechSeq2Seq, AutoProcessor, pipeline

NAME = "distil-whisper/distil-large-v3"

model = AutoModelForSpeechSeq2Seq.from_pretrained(NAME)
processor = AutoProcessor.from_pretrained(NAME)
transcribe = pipeline(
    "automatic-speech-recognition",
    model=model,
    tokenizer=processor.tokenizer,
    feature_extractor=processor.feature_extractor,
)
