from sentence_transformers import SentenceTransformer


def embed(path, name):
    return SentenceTransformer(name).encode(open(path).read())
