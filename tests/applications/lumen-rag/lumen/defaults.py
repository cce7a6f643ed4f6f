"""Names that more than one module needs."""

EMBEDDER = "BAAI/bge-m3"
RERANKERS = {
    "small": "cross-encoder/ms-marco-MiniLM-L-6-v2",
    "large": "BAAI/bge-reranker-v2-m3",
}
DEFAULT_RERANKER = "large"

# Where pages come from; the second is the directory of the scans, no model.
SOURCES = ("archive/minutes", "archive/scans")
