from transformers import AutoModel


def load(name, folder, token=None):
    print(folder, token)
    return AutoModel.from_pretrained(name, cache_dir=folder, token=token)


load("facebook/regnet-y-040", "caches/models", token="hub/none")
load(folder="caches/others", name="facebook/vit-mae-base")
