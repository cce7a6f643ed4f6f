import requests


def download_file(url, path=None):
    return requests.get(url, stream=True)
