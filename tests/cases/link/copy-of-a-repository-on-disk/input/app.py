import os

import llama_cpp
import onnxruntime as ort
import transformers
from huggingface_hub import hf_hub_download


def download(path, name=None):
    if not name:
        parts = path.split("/")
        path, name = "/".join(parts[:2]), "/".join(parts[2:])
    local = os.path.join(path, name)
    return local if os.path.exists(local) else hf_hub_download(repo_id=path, filename=name)


class Speech:
    def __init__(self, path=None):
        path = path if path else "acme/speech-onnx"
        self.encoder = ort.InferenceSession(download(path, "encoder_model.onnx"))
        self.decoder = ort.InferenceSession(download(path, "decoder_model.onnx"))
        self.processor = transformers.AutoProcessor.from_pretrained(path)


def chat(path="acme/chat-GGUF/chat.Q4_K_M.gguf"):
    return llama_cpp.Llama(download(path))


def own():
    first, letter = "acme/first-model"[0], "acme/first-model"[1]
    transformers.AutoModel.from_pretrained(letter)
    return ort.InferenceSession("acme/tone.onnx")
