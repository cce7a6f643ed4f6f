from sentence_transformers import SentenceTransformer

from shop.config.models import EMBEDDER as NAME

encoder = SentenceTransformer(NAME)
