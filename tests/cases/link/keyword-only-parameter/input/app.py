from transformers import AutoModel


def load(device, /, *, name="facebook/levit-128S", **options):
    return AutoModel.from_pretrained(name, **options).to(device)


load("cpu")
load("cuda", name="facebook/convnext-tiny-224", revision="main")
