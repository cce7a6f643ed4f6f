from transformers import AutoModel

AutoModel.from_pretrained("{o}/one".format_map({"o": "a"}))
