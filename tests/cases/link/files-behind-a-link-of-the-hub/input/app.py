import requests

WEIGHT_FILES = {"tiny": "ggml-tiny.bin", "base": "ggml-base.bin", "small": "ggml-small.bin"}
HUB = "https://huggingface.co/ggerganov/whisper.cpp/resolve/main/"
MODEL_FILES = {"tiny": "ggml-tiny-q5.bin", "base": "ggml-base-q5.bin", "small": "ggml-small-q5.bin"}
ELSEWHERE = {"tiny": "own-tiny.onnx", "base": "own-base.onnx", "small": "own-small.onnx"}
OWN_MODELS = ELSEWHERE


def load(size):
    name = WEIGHT_FILES[size]
    requests.get(f"https://huggingface.co/ggerganov/whisper.cpp/resolve/main/{name}")
    requests.get(HUB + MODEL_FILES[size])
    requests.get("https://weights.acme.dev/" + OWN_MODELS[size])
