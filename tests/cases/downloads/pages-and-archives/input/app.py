import urllib.request

import requests

requests.get("https://huggingface.co/docs/transformers/index", timeout=9)
requests.get("https://api.example.org/v1/models", timeout=9)
urllib.request.urlretrieve("https://example.org/data/train.csv", "train.csv")
WEIGHTS_DOC = "see https://example.org/net.onnx for more"


def fetch(url):
    return requests.get(url, timeout=9)
