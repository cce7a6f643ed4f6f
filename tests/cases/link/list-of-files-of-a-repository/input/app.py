from huggingface_hub import snapshot_download

MODEL_FILES = {"tiny": "chat-tiny.gguf", "base": "chat-base.gguf", "small": "chat-small.gguf"}
snapshot_download("acme/chat-GGUF", allow_patterns=list(MODEL_FILES.values()))
