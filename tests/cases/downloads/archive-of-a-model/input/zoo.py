import urllib.request

ZOO = "https://github.com/acme/faces/releases/download/model-zoo/"
ASSETS = ("faces_l.zip", "faces_s.zip", "aligner.onnx")


def fetch(name):
    return urllib.request.urlopen(f"{ZOO}{name}")


def fetch_all():
    for name in ASSETS:
        fetch(name)
    fetch(f"{status()}.zip")


def others():
    urllib.request.urlopen("https://files.invalid/models/reader-small.tar.gz")
    urllib.request.urlopen("https://files.invalid/zh/reader_det_infer.tar")
    urllib.request.urlopen("https://files.invalid/reader-model-0.15.zip")
    urllib.request.urlopen("https://files.invalid/data_model_code/data.zip")
    urllib.request.urlopen("https://files.invalid/site.zip")
    urllib.request.urlopen("https://files.invalid/models/.onnx")
