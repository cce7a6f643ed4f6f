from typing import Literal

from sentence_transformers import SentenceTransformer


def load(name: Literal["intfloat/e5-small-v2", "intfloat/e5-large-v2"] = "intfloat/e5-small-v2"):
    return SentenceTransformer(name)
