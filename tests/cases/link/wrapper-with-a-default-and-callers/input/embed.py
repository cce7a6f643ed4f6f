from sentence_transformers import SentenceTransformer


def encoder(name="sentence-transformers/paraphrase-MiniLM-L3-v2"):
    return SentenceTransformer(name)
