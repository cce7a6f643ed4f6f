from concurrent.futures import ThreadPoolExecutor

from transformers import AutoModel

ex = ThreadPoolExecutor()
ex.submit(AutoModel.from_pretrained, "acme/ranker-7b")
list(ex.map(AutoModel.from_pretrained, ["acme/reader-1b"]))
