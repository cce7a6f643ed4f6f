import os

from sentence_transformers import SentenceTransformer

SentenceTransformer(os.environ["FALLBACK"])
SentenceTransformer(os.getenv("ENCODER", "acme/default-encoder"))
SentenceTransformer(os.environ["NEVER_SET"])
