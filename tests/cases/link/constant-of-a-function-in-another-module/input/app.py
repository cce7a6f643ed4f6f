from helpers import model_name, prefixed
from transformers import pipeline

a = pipeline("automatic-speech-recognition", model=model_name("medium"))
b = pipeline("zero-shot-image-classification", model=prefixed("clip-vit-large-patch14"))
