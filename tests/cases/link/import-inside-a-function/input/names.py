EMBEDDER = "text-embedding-3-small"
