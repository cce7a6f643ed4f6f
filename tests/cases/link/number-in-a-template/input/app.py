from transformers import AutoModel

n = 7
AutoModel.from_pretrained(f"acme/ranker-7b-{n}b")
