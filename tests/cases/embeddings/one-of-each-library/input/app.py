from bertopic import BERTopic
from FlagEmbedding import BGEM3FlagModel, FlagReranker
from fastembed import SparseTextEmbedding, TextEmbedding
from gliner import GLiNER
from keybert import KeyBERT
from model2vec import StaticModel
from ragatouille import RAGPretrainedModel
from setfit import SetFitModel
from span_marker import SpanMarkerModel

TextEmbedding(model_name="BAAI/bge-base-en-v1.5")
SparseTextEmbedding("prithivida/Splade_PP_en_v1")
BGEM3FlagModel("BAAI/bge-m3", use_fp16=True)
FlagReranker("BAAI/bge-reranker-v2-m3")
GLiNER.from_pretrained("urchade/gliner_medium-v2.1", revision="main")
StaticModel.from_pretrained("minishlab/potion-base-8M")
RAGPretrainedModel.from_pretrained("colbert-ir/colbertv2.0")
SetFitModel.from_pretrained("sentence-transformers/paraphrase-mpnet-base-v2")
SpanMarkerModel.from_pretrained("tomaarsen/span-marker-bert-tiny-fewnerd-coarse-super")
KeyBERT("paraphrase-multilingual-MiniLM-L12-v2")
BERTopic(embedding_model="all-mpnet-base-v2")
