from acme.search import Index


def build(path, embedding_model="Qwen/Qwen3-Embedding-0.6B", reranker: str = "BAAI/bge-reranker-v2-m3"):
    return Index(path, embedding_model, reranker)
