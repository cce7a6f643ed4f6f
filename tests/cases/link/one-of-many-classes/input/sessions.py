from transformers import AutoModel

from base import Session


class Tiny(Session):
    def load(self):
        return AutoModel.from_pretrained("facebook/deit-tiny-patch16-224")


class Small(Session):
    def load(self):
        return AutoModel.from_pretrained("facebook/deit-small-patch16-224")


class Base(Session):
    def load(self):
        return AutoModel.from_pretrained("facebook/deit-base-patch16-224")


class Large(Session):
    def load(self):
        return AutoModel.from_pretrained("facebook/deit-base-patch16-384")


class Alone:
    def load(self):
        return AutoModel.from_pretrained("google/vit-base-patch16-224")
