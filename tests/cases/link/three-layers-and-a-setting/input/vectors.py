from sentence_transformers import SentenceTransformer


class Vectors:
    def __init__(self, name: str) -> None:
        self._name = name
        self._model = None

    @property
    def model(self):
        if self._model is None:
            self._model = SentenceTransformer(self._name)
        return self._model
