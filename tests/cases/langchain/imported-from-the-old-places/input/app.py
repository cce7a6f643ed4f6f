from langchain.chat_models import ChatOpenAI
from langchain.embeddings import HuggingFaceEmbeddings
from langchain.llms import OpenAI
from langchain_community.embeddings import HuggingFaceBgeEmbeddings
from langchain_community.llms.ollama import Ollama

chat = ChatOpenAI(model_name="gpt-3.5-turbo")
words = HuggingFaceEmbeddings(model_name="all-mpnet-base-v2")
plain = OpenAI(model="gpt-3.5-turbo-instruct")
bge = HuggingFaceBgeEmbeddings(model_name="BAAI/bge-large-en-v1.5")
local = Ollama(model="mistral")
