from qdrant_client import QdrantClient, models

from lumen.settings import settings

client = QdrantClient(url=settings.qdrant_url)


def search(vector: list[float], limit: int = 20):
    return client.query_points(settings.collection, query=vector, limit=limit, with_payload=True).points


def create(size: int = 1024) -> None:
    client.create_collection(settings.collection, vectors_config=models.VectorParams(size=size, distance="Cosine"))
