from sentence_transformers import SentenceTransformer


class Index:
    def __init__(self, model=None, ranker=None):
        self.model = model or "jinaai/jina-embeddings-v3"
        self.ranker = ranker if ranker is not None else "jinaai/jina-reranker-v2-base-multilingual"
        if model is None:
            model = "jinaai/jina-clip-v2"
        self.pictures = SentenceTransformer(model)

    def open(self):
        return SentenceTransformer(self.model), SentenceTransformer(self.ranker)
