from transformers import AutoModel

try:
    from local_settings import MODEL
except ImportError:
    MODEL = "prajjwal1/bert-medium"

model = AutoModel.from_pretrained(MODEL)
