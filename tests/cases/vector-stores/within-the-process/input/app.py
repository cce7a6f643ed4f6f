import chromadb
import faiss
import lancedb
from pymilvus import MilvusClient
from qdrant_client import QdrantClient

QdrantClient(":memory:")
QdrantClient(path="data/qdrant")
MilvusClient("./milvus.db")
chromadb.PersistentClient("chroma")
lancedb.connect("lance")
faiss.IndexFlatL2(8)
