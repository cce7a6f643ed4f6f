from registry import MODELS
from transformers import AutoModel

model = AutoModel.from_pretrained(MODELS["mini"])
