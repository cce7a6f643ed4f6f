from string import Template

from transformers import AutoModel

REPO = Template("intfloat/e5-$size-v$version")
AutoModel.from_pretrained(REPO.substitute(size="large", version=2))
AutoModel.from_pretrained(Template("facebook/opt-${size}").safe_substitute({"size": "125m"}))


def load(text):
    return AutoModel.from_pretrained(Template(text).substitute(size="small"))
