from llama_index.core import Settings, VectorStoreIndex
from llama_index.llms.openai_like import OpenAILike
from llama_index.embeddings.openai_like import OpenAILikeEmbedding
Settings.embed_model = "local:BAAI/bge-small-en-v1.5"
Settings.llm = OpenAILike(model="qwen2.5-7b", api_base="http://localhost:8000/v1", is_chat_model=True)
VectorStoreIndex.from_documents([], embed_model="local:acme/enc-base")
OpenAILikeEmbedding("acme/enc-7b", api_base="https://api.together.xyz/v1")
OpenAILike(model="m-1", api_base=url)
