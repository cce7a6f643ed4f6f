from sentence_transformers import SentenceTransformer


class Store:
    def open(self, name):
        return SentenceTransformer(name)
