from transformers import AutoModel

NAME = "facebook/opt-iml-1.3b"


def broken(:
    pass


model = AutoModel.from_pretrained(NAME)
