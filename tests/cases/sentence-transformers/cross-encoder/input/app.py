import sentence_transformers
from sentence_transformers import CrossEncoder
from sentence_transformers.cross_encoder import CrossEncoder as Reranker

a = CrossEncoder("cross-encoder/ms-marco-MiniLM-L-6-v2", max_length=512)
b = Reranker(model_name="BAAI/bge-reranker-base")
c = sentence_transformers.CrossEncoder("mixedbread-ai/mxbai-rerank-xsmall-v1")
