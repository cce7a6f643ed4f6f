from langchain_community.cross_encoders import HuggingFaceCrossEncoder
from langchain_huggingface import HuggingFaceEmbeddings, HuggingFaceEndpoint, HuggingFacePipeline

vectors = HuggingFaceEmbeddings(model_name="intfloat/multilingual-e5-base")
writer = HuggingFacePipeline.from_model_id(model_id="microsoft/Phi-3-mini-4k-instruct", task="text-generation")
hosted = HuggingFaceEndpoint(repo_id="HuggingFaceH4/zephyr-7b-beta", task="text-generation")
ranker = HuggingFaceCrossEncoder(model_name="BAAI/bge-reranker-v2-m3")
