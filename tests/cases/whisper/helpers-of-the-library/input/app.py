import whisper

audio = whisper.load_audio("base.wav")
whisper.pad_or_trim(audio)
whisper.available_models()
