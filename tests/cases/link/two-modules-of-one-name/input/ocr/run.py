from transformers import VisionEncoderDecoderModel

from .config import MODEL

model = VisionEncoderDecoderModel.from_pretrained(MODEL)
