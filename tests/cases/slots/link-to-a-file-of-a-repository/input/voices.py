import urllib.request


def voice(name):
    return urllib.request.urlopen(f"https://huggingface.co/acme-ai/voices-82M/resolve/main/{name}.bin")


def page(name):
    link = f"https://huggingface.co/docs/transformers/{name}"
    other = f"https://huggingface.co/acme-ai/{name}"
    return link, other
