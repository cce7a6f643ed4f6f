from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.embeddings import resolve_embed_model

documents = SimpleDirectoryReader("gpt-4o").load_data()
VectorStoreIndex.from_documents(documents, embed_model=resolve_embed_model("local"))
