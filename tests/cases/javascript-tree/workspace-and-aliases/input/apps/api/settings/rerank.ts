export const reranker = "rerank-v3.5";
