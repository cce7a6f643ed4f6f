# Files inside of a repository that is named: the repository is what counts.
MODEL_FILES = {
    "acme-ai/voice-8m": "voice-v1_0.pth",
    "acme-ai/voice-80m": "voice-v1_1.pth",
    "acme-ai/voice-800m": "voice-v1_2.pth",
}
# Names that any model's files have.
MODEL_NAMES = {"a": "model.safetensors", "b": "pytorch_model.bin", "c": "open_clip_model.safetensors"}
