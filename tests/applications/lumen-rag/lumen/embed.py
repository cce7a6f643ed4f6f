"""Turn passages into vectors."""

from functools import lru_cache

from sentence_transformers import CrossEncoder, SentenceTransformer

from lumen.defaults import DEFAULT_RERANKER, RERANKERS
from lumen.settings import settings


@lru_cache(maxsize=1)
def encoder() -> SentenceTransformer:
    return SentenceTransformer(settings.embedding_model, trust_remote_code=False)


@lru_cache(maxsize=2)
def reranker(size: str = DEFAULT_RERANKER) -> CrossEncoder:
    return CrossEncoder(RERANKERS[size], max_length=512)
