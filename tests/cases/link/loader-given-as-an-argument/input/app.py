from transformers import AutoModel


def each(names, fn):
    for n in names:
        fn(n)


each(["acme/ranker-7b"], AutoModel.from_pretrained)
