from sentence_transformers import SentenceTransformer


def encoder(name="BAAI/bge-small-en-v1.5"):
    return SentenceTransformer(name)
