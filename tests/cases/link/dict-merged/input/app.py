from transformers import AutoModel

BASE = {"repo": "facebook/mbart-large-50", "revision": "main"}
OURS = {**BASE, "dtype": "float16"}
THEIRS = BASE | {"repo": "facebook/mbart-large-cc25"}

AutoModel.from_pretrained(OURS["repo"])
AutoModel.from_pretrained(THEIRS["repo"])
