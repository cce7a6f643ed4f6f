from transformers import AutoModel


def load(name):
    return AutoModel.from_pretrained(name)


import threading

threading.Thread(target=load, args=("acme/ranker-7b",)).start()
threading.Thread(target=load, kwargs={"name": "acme/reader-1b"}).start()
