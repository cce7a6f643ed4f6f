from transformers import AutoModel

name = "acme/ranker-7b"
name += "-large"
AutoModel.from_pretrained(name)
