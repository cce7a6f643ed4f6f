from transformers import AutoModel

D = {"x": lambda: AutoModel.from_pretrained("acme/ranker-7b"), "y": lambda n: AutoModel.from_pretrained(n)}


def go(k):
    D["y"]("acme/reader-1b")
