from transformers import AutoModel


def load(name):
    """Load any model of the Hub."""
    return AutoModel.from_pretrained(name)


class Loader:
    def __init__(self, repo: str, **options):
        self.repo = repo

    def run(self):
        return AutoModel.from_pretrained(self.repo)
