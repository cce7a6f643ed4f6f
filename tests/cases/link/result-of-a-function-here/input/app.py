from names import pick
from transformers import AutoModel

model = AutoModel.from_pretrained(pick("de"))
