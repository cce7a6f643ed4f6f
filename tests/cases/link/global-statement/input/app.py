from transformers import AutoModel

_model = None
_name = "intfloat/simlm-base-msmarco"


def configure(name="intfloat/simlm-base-wiki100w"):
    global _name
    _name = name


def model():
    global _model
    if _model is None:
        _model = AutoModel.from_pretrained(_name)
    return _model
