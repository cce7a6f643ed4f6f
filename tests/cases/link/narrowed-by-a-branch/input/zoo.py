import os

import torch
from transformers import AutoModel


def weights(kind: str = "swiftnet"):
    if kind == "swiftnet":
        path = os.path.expanduser(os.path.join("~", ".zoo", kind + ".pth"))
    elif kind == "swiftnet_portrait":
        path = os.path.expanduser(os.path.join("~", ".zoo", f"{kind}.pth"))
    else:
        raise ValueError(kind)
    return torch.load(path)


def ranker(size):
    if size in ("small", "base"):
        return AutoModel.from_pretrained(f"acme/ranker-{size}")
    return AutoModel.from_pretrained(f"acme/ranker-v2-{size}")


def renamed(size):
    if size == "small":
        size = input()
        return AutoModel.from_pretrained(f"acme/reader-{size}")
    return None


ranker("large")
ranker("base")
