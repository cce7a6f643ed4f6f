from transformers import AutoModel

ms = list(map(AutoModel.from_pretrained, ["acme/ranker-7b", "acme/reader-1b"]))
