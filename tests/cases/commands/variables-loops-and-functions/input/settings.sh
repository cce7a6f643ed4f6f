export RERANKER="BAAI/bge-reranker-base"
