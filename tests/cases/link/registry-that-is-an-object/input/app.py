from transformers import AutoModel


class Registry:
    def __init__(self):
        self._d = {}

    def register(self, key, repo):
        self._d[key] = repo

    def get(self, key):
        return self._d[key]


r = Registry()
r.register("x", "acme/ranker-7b")
AutoModel.from_pretrained(r.get("x"))
