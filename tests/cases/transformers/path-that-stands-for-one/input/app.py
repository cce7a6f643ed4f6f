from transformers import AutoModel

AutoModel.from_pretrained("path/to/model")
AutoModel.from_pretrained("/path/to/model")
AutoModel.from_pretrained("acme/pathto-7b")
