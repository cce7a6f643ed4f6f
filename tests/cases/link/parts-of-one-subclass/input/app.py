import os

import onnxruntime as ort


class Base:
    def __init__(self):
        self.session = ort.InferenceSession(self.fetch())

    @classmethod
    def folder(cls):
        return os.path.join(os.path.expanduser("~/.tool"), "models", cls.name())

    @classmethod
    def fetch(cls):
        return os.path.join(cls.folder(), f"{cls.name()}.onnx")

    @classmethod
    def name(cls):
        raise NotImplementedError


class Small(Base):
    @classmethod
    def name(cls):
        return "small-seg"


class Large(Base):
    @classmethod
    def name(cls):
        return "large-seg"


class Huge(Large):
    @classmethod
    def name(cls):
        return "huge-seg"
