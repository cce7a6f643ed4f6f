import onnxruntime

from .storage import available


class Faces:
    def __init__(self, name="swiftnet_l"):
        self.folder = available(name)
