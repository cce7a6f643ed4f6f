import b
from transformers import AutoModel

NAME = "facebook/esm2_t6_8M_UR50D"
OTHER = b.NAME


def load():
    return AutoModel.from_pretrained(b.again())
