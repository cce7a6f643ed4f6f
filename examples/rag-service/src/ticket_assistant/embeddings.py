"""An in-memory index over the help centre's passages."""

import json
from pathlib import Path
from typing import Self

import numpy as np
from sentence_transformers import SentenceTransformer

from ticket_assistant.config import EMBEDDING_MODEL


class PassageIndex:
    def __init__(self, passages: list[str]) -> None:
        self.passages = passages
        self.encoder = SentenceTransformer(EMBEDDING_MODEL)
        self.vectors = self.encoder.encode(passages, normalize_embeddings=True)

    @classmethod
    def from_file(cls, path: Path) -> Self:
        with path.open(encoding="utf-8") as lines:
            return cls([json.loads(line)["text"] for line in lines])

    def search(self, query: str, limit: int) -> list[str]:
        scores = self.vectors @ self.encoder.encode(query, normalize_embeddings=True)
        return [self.passages[i] for i in np.argsort(-scores)[:limit]]


def encode_with(model_name: str, texts: list[str]) -> np.ndarray:
    """Encode texts with any model, to compare candidates offline."""
    return SentenceTransformer(model_name).encode(texts, normalize_embeddings=True)
