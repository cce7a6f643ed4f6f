from sentence_transformers import SentenceTransformer

NAMES = "BAAI/bge-small-en, BAAI/bge-large-en"


def load(name=" intfloat/e5-base "):
    return SentenceTransformer(name.strip())


for name in NAMES.split(","):
    SentenceTransformer(name.strip())
