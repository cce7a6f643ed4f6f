from functools import partial

from transformers import AutoModel

load_x = partial(AutoModel.from_pretrained, trust_remote_code=True)
