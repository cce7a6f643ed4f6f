from transformers import AutoModel
from vllm import LLM

TRUST = True
OPTIONS = {"trust_remote_code": True, "revision": "abc"}


def load(name, trust=True):
    return AutoModel.from_pretrained(name, trust_remote_code=trust)


load("acme/by-default-7b")
load("acme/as-asked-7b", trust=False)
AutoModel.from_pretrained("acme/constant-7b", trust_remote_code=TRUST)
AutoModel.from_pretrained("acme/options-7b", **OPTIONS)
AutoModel.from_pretrained("acme/open-7b", trust_remote_code=print())
FORM = "awq"
LLM("acme/quantized-7b", quantization=FORM)
