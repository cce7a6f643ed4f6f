from transformers import AutoModel


class Base:
    repo: str

    def __init__(self, repo=None):
        self.repo = repo or self.default()

    def default(self):
        raise NotImplementedError

    def load(self):
        return AutoModel.from_pretrained(self.repo)
