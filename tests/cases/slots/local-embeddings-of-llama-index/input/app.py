from llama_index.core import Settings, VectorStoreIndex

Settings.embed_model = "local:BAAI/bge-small-en-v1.5"
VectorStoreIndex.from_documents([], embed_model="local:acme/enc-base")
PATH = "local:acme/enc-other"
