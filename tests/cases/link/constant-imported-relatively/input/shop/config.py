EMBEDDER = "BAAI/bge-base-en-v1.5"
