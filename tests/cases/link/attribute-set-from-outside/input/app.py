from types import SimpleNamespace

from transformers import AutoModel


class Options:
    pass


options = Options()
options.encoder = "facebook/xglm-564M"
space = SimpleNamespace(decoder="facebook/xglm-1.7B")

AutoModel.from_pretrained(options.encoder)
AutoModel.from_pretrained(space.decoder)
