import os

import chromadb
from langchain_postgres import PGVector
from pinecone import Pinecone
from pymilvus import MilvusClient
from qdrant_client import QdrantClient

URL = "http://qdrant:6333"

store = QdrantClient(url=os.getenv("QDRANT_URL", URL), api_key="x")
chroma = chromadb.HttpClient("chroma.internal", port=8000)
pc = Pinecone(api_key=os.environ["PINECONE_API_KEY"])
pg = PGVector(embeddings=None, connection="postgresql+psycopg://me:pw@db.example:5432/rag?sslmode=require")
zilliz = MilvusClient("https://x.api.zilliz.example", token="t")
