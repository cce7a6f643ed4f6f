from sentence_transformers import SparseEncoder
from sentence_transformers.sparse_encoder import SparseEncoder as Splade

one = SparseEncoder("naver/splade-v3")
two = Splade("opensearch-project/opensearch-neural-sparse-encoding-doc-v2-distill")
