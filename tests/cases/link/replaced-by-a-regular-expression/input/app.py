import re

from transformers import AutoModel

AutoModel.from_pretrained(re.sub(r"__+", "/", "intfloat___e5-large"))
AutoModel.from_pretrained(re.sub(r"((a+)+)+$", "/", "intfloat/e5-small"))
