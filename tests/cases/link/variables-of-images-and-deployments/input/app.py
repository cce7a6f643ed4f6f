import os

from transformers import pipeline

pipeline("image-classification", model=os.environ["STUDIO_NSFW"])
pipeline("summarization", model=os.getenv("STUDIO_SHORT", "facebook/bart-large-cnn"))
pipeline("translation", model=os.environ["STUDIO_WORDS"])
pipeline("fill-mask", model=os.environ["STUDIO_MASK"])
pipeline("ner", model=os.environ["STUDIO_LOST"])
