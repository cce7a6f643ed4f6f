CHECKPOINTS = {
    "tiny": "Systran/faster-whisper-tiny",
    "base": "Systran/faster-whisper-base",
    "large": "Systran/faster-whisper-large-v3",
}
