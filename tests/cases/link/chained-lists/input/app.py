import itertools

from transformers import AutoModel

for n in itertools.chain(["acme/ranker-7b"], ["acme/reader-1b"]):
    AutoModel.from_pretrained(n)
