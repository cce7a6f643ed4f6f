import importlib.resources as impresources
from importlib import resources
import pkg_resources
import onnxruntime
import torch

def load(onnx=False, v=16):
    if onnx:
        name = "tone_vad.onnx"
    else:
        name = "tone_vad.jit"
    try:
        path = str(impresources.files("tone.data").joinpath(name))
    except Exception:
        with resources.path("tone.data", name) as f:
            path = f
    if onnx:
        return onnxruntime.InferenceSession(path)
    return torch.jit.load(path)

def other():
    onnxruntime.InferenceSession(pkg_resources.resource_filename("tone", "data/pitch.onnx"))
    with resources.as_file(resources.files("tone") / "data" / "beat.onnx") as p:
        onnxruntime.InferenceSession(str(p))
import os
def third(folder):
    onnxruntime.InferenceSession(os.path.join(folder, "third.onnx"))
    onnxruntime.InferenceSession(str(folder / "fourth.onnx"))
    onnxruntime.InferenceSession(folder.joinpath("fifth.onnx"))
    onnxruntime.InferenceSession(f"{folder}/v{len(folder)}k.onnx")
    onnxruntime.InferenceSession(os.path.join(folder, "model.onnx"))
