from asr.config import MODEL
from transformers import AutoModelForCTC

model = AutoModelForCTC.from_pretrained(MODEL)
