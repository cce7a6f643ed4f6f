from langchain_community.embeddings import HuggingFaceBgeEmbeddings
from langchain_huggingface import HuggingFaceEmbeddings

HuggingFaceEmbeddings()
HuggingFaceBgeEmbeddings(encode_kwargs={"normalize_embeddings": True})
