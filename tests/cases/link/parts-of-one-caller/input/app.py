from transformers import AutoModel


def load(owner, name):
    return AutoModel.from_pretrained(f"{owner}/{name}")


load("orga", "ma")
load("orgb", "mb")


class Holder:
    def __init__(self, owner, name):
        self.owner = owner
        self.name = name

    def load(self):
        return AutoModel.from_pretrained(f"{self.owner}/{self.name}")


Holder("ha", "ma")
Holder("hb", "mb")


def fetch(owner="acme", name="base"):
    return AutoModel.from_pretrained(f"{owner}/{name}")


fetch()
fetch(name="large")
