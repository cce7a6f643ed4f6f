from transformers import AutoModel

ms = list(map(lambda n: AutoModel.from_pretrained(n), ["acme/ranker-7b", "acme/reader-1b"]))
