"""On the box beside the belt."""

from functools import cached_property

import joblib
import onnxruntime as ort
from llama_cpp import Llama


class Box:
    MODEL_DIR = "models"

    @cached_property
    def session(self) -> ort.InferenceSession:
        return ort.InferenceSession(f"{self.MODEL_DIR}/sorter.onnx", providers=["CPUExecutionProvider"])

    @cached_property
    def talk(self) -> Llama:
        return Llama.from_pretrained(repo_id="Qwen/Qwen2.5-0.5B-Instruct-GGUF", filename="*q8_0.gguf", n_ctx=2048)

    @cached_property
    def weigher(self):
        return joblib.load("models/weigher.pkl")
