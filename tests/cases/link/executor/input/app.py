from transformers import AutoModel


def load(name):
    return AutoModel.from_pretrained(name)


from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as ex:
    ex.submit(load, "acme/ranker-7b")
    ex.submit(load, name="acme/writer-3b")
    ex.map(load, ["acme/reader-1b"])
