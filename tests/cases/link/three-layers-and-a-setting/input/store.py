from conf import settings
from vectors import Vectors


class Store:
    def __init__(self, vectors=None):
        self.vectors = vectors or Vectors(settings.embedder)
