from transformers import AutoModel


class L:
    def __call__(self, name):
        return AutoModel.from_pretrained(name)


l = L()
l("acme/ranker-7b")
