from huggingface_hub import hf_hub_download

MODEL_FILES = {"tiny": "ggml-tiny.bin", "base": "ggml-base.bin", "small": "ggml-small.bin"}
OTHER_MODEL_FILES = {"tiny": "ggml-tiny-q5.bin", "base": "ggml-base-q5.bin", "small": "ggml-small-q5.bin"}


def load(size):
    return hf_hub_download("ggerganov/whisper.cpp", MODEL_FILES[size])
