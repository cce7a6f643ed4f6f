from sentence_transformers import SentenceTransformer


class Encoder(SentenceTransformer):
    def both(self, texts):
        return self.encode(texts, normalize_embeddings=True)
