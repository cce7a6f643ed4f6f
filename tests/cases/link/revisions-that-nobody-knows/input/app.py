import os
from transformers import AutoModel
a = AutoModel.from_pretrained("acme/one", revision=os.environ["REV"])
def load(rev):
    return AutoModel.from_pretrained("acme/two", revision=rev)
b = AutoModel.from_pretrained("acme/three", revision=None)
c = AutoModel.from_pretrained("acme/four", **opts)
def maybe(rev=None):
    return AutoModel.from_pretrained("acme/five", revision=rev)
SHA = "0123456789abcdef0123456789abcdef01234567"
e = AutoModel.from_pretrained("acme/six", revision=SHA)
