from datasets import load_dataset


def fetch(path):
    return load_dataset(path, split="train")
