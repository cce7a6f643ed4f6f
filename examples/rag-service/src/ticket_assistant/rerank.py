"""Puts the passages that answer the question first."""

from sentence_transformers import CrossEncoder


class Reranker:
    def __init__(self, model_name: str = "cross-encoder/ms-marco-MiniLM-L6-v2") -> None:
        self.model = CrossEncoder(model_name)

    def best(self, query: str, passages: list[str], top_k: int) -> list[str]:
        """Return the top_k passages, best first."""
        if not passages:
            return []
        ranking = self.model.rank(query, passages, top_k=top_k)
        return [passages[hit["corpus_id"]] for hit in ranking]
