import requests

from models import Models


class Pages:
    def get(self, name):
        return requests.get(f"https://acme.example/{name}").text


session = requests.Session()
session.get("api/v2")
Pages().get("shop/basket")
{}.get("a/b")
Models().get("facebook/maskformer-swin-tiny-ade")
