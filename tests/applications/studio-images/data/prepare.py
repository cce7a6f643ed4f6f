"""Pairs for the style classifier."""

from datasets import load_dataset
from sklearn.datasets import fetch_openml

SETS = {"art": ("huggan/wikiart", "train"), "faces": ("nielsr/CelebA-faces", "train[:1%]")}


def all_sets():
    return {key: load_dataset(path, split=split) for key, (path, split) in SETS.items()}


def digits():
    return fetch_openml("mnist_784", version=1)
