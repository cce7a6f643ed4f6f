from acme.encoders import SentenceTransformer


class CrossEncoder:
    def __init__(self, name):
        self.name = name


first = SentenceTransformer("all-MiniLM-L6-v2")
second = CrossEncoder("cross-encoder/ms-marco-MiniLM-L-6-v2")
