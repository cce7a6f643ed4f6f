from transformers import AutoModel

parts = ["a"]
parts.append("one")
AutoModel.from_pretrained("/".join(parts))
