from enum import Enum

from sentence_transformers import SentenceTransformer


class Embedder(Enum):
    FAST = "BAAI/bge-micro-v2"
    GOOD = "BAAI/bge-m3"


def load(kind: Embedder = Embedder.FAST):
    return SentenceTransformer(kind.value)


load(Embedder["GOOD"])
