import os
import urllib.request

import onnxruntime as ort
import pooch

HOME = os.path.expanduser("~/.tool")


class Segmenter:
    @classmethod
    def name(cls):
        return "leaf"

    @classmethod
    def fetch(cls):
        fname = f"{cls.name()}.onnx"
        pooch.retrieve("https://weights.acme.test/v1/leaf-epoch_7.onnx", None, fname=fname, path=HOME)
        return os.path.join(HOME, fname)

    def load(self):
        return ort.InferenceSession(self.fetch())


def depth():
    urllib.request.urlretrieve("https://weights.acme.test/v1/depth.onnx", "/var/cache/depth.onnx")
    ort.InferenceSession("/var/cache/depth.onnx")
    ort.InferenceSession(os.path.join(HOME, "model.onnx"))
    return ort.InferenceSession(os.path.join(HOME, "v2", "pose.onnx"))
