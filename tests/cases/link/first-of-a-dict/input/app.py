from transformers import AutoModel

D = {"acme/reader-1b": 1}
AutoModel.from_pretrained(next(iter(D)))
