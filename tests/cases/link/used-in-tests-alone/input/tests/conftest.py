import os

from sentence_transformers import SentenceTransformer

encoder = SentenceTransformer(os.environ["ENCODER"])
