import argparse
import urllib.request

_MODELS = {
    "tiny": "https://weights.acme.test/a/tiny.pt",
    "base": "https://weights.acme.test/b/base.pt",
    "large": "https://weights.acme.test/c/large.pt",
}


def available_models():
    return list(_MODELS.keys())


def load(name):
    return urllib.request.urlopen(_MODELS[name])


def cli():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="base", choices=available_models())
    load(parser.parse_args().model)
