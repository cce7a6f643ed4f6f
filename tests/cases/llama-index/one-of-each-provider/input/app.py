from llama_index.core import Settings
from llama_index.core.embeddings import resolve_embed_model
from llama_index.core.postprocessor import SentenceTransformerRerank
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.llms.anthropic import Anthropic
from llama_index.llms.azure_openai import AzureOpenAI
from llama_index.llms.ollama import Ollama
from llama_index.llms.openai import OpenAI

Settings.llm = OpenAI(model="gpt-4o-mini", temperature=0.1)
Settings.embed_model = HuggingFaceEmbedding("BAAI/bge-base-en-v1.5")
Anthropic(model="claude-3-5-haiku-latest")
Ollama(model="llama3.2:3b")
AzureOpenAI(engine="chat-gpt4o", api_version="2024-06-01")
resolve_embed_model("local:BAAI/bge-m3")
SentenceTransformerRerank(top_n=3)
