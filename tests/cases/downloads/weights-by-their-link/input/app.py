import urllib.request

import pooch
import requests
from cached_path import cached_path

BASE = "https://models.acme.ai/releases"

urllib.request.urlretrieve(f"{BASE}/u2net.onnx", "u2net.onnx")
pooch.retrieve("https://models.acme.ai/yolox_l.onnx?download=1", known_hash=None)
requests.get("https://huggingface.co/google/vit-base-patch16-224/resolve/main/pytorch_model.bin", timeout=9)
cached_path("hf://allenai/scibert_scivocab_uncased/config.json")
