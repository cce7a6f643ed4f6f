from acme.registry import best_model
from transformers import AutoModel

model = AutoModel.from_pretrained(best_model("search"))
