from __future__ import annotations

from sentence_transformers import SentenceTransformer


def embed(model: SentenceTransformer, texts: list[str], prompt_name: str = "query/default"):
    return model.encode(texts, prompt_name=prompt_name)
