from itertools import product

from transformers import AutoModel

for n, k in product(["acme/ranker-7b", "acme/reader-1b"], [1, 2]):
    AutoModel.from_pretrained(n)
