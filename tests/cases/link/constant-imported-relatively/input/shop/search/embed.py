from sentence_transformers import SentenceTransformer

from ..config import EMBEDDER
from . import names

encoder = SentenceTransformer(EMBEDDER)
ranker = SentenceTransformer(names.SECOND)
