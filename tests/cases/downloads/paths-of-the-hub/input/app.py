import fsspec
from cached_path import cached_path

PATH = "hf://acme/speech-7b/model.gguf"
cached_path("hf://acme/chat-7b/model.safetensors")
fsspec.open(PATH)
