import os

from langchain_cohere import CohereEmbeddings
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_mistralai import MistralAIEmbeddings
from langchain_openai import AzureOpenAIEmbeddings, OpenAIEmbeddings


def make(provider, model):
    if provider == "openai":
        return OpenAIEmbeddings(model=model)
    if provider == "cohere":
        return CohereEmbeddings(model=model)
    if provider == "azure":
        return AzureOpenAIEmbeddings(model=model)
    if provider == "mistral":
        return MistralAIEmbeddings(model=model)
    return HuggingFaceEmbeddings(model_name=model)


make(os.environ["PROVIDER"], "text-embedding-3-large")
make(os.environ["PROVIDER"], "intfloat/e5-base")
make(os.environ["PROVIDER"], "ours-1")
