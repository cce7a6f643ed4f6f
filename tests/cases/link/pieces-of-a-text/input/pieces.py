from transformers import AutoModel


def sized(name):
    parts = name.split("_")
    return AutoModel.from_pretrained(f"acme/ranker-{parts[-1]}")


def fetched(url):
    return AutoModel.from_pretrained("acme/" + url.rpartition("/")[-1].split("&")[0])


def cut(name):
    return AutoModel.from_pretrained(name[:-4])


def some(name, number):
    return AutoModel.from_pretrained("acme/" + name.split("_")[number])


sized("ranker_windowed_small")
fetched("https://models.example.org/reader-7b&raw=1")
cut("acme/writer-7b.bin")
some("one_two_three", 1 + len("x"))
