from .net import download_file

ROOT = "https://weights.acme.ai/model-zoo/"


def available(name):
    return download_file(f"{ROOT}{name}.zip")
