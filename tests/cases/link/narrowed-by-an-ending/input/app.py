from transformers import AutoModel

LINKERS = {
    "gene": "acme/gene-linker",
    "gene-small": "acme/gene-linker-small",
}


def fetch(name):
    found = LINKERS[name]
    if not found.endswith("-small"):
        found += "-small"
    return AutoModel.from_pretrained(found)


def whole(name):
    if name.startswith("acme/"):
        whole = name
        name = name.replace("acme/", "")
    else:
        whole = "acme/" + name
    return AutoModel.from_pretrained(whole, subfolder=name)


whole("acme/reader-1b")
whole("writer-1b")
