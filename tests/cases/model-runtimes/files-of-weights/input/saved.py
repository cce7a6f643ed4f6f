import torch
from safetensors import safe_open
from safetensors.torch import load_file, load_model

net = torch.load("models/swiftnet-portrait.pt", map_location="cpu")
state = load_file("checkpoints/swiftnet_v2.safetensors")
load_model(net, "checkpoints/swiftnet_v3.safetensors")
with safe_open("checkpoints/swiftnet_v4.safetensors", framework="pt") as file:
    file.keys()

# What any model has, and what training keeps beside it, is no model by its name.
torch.load("pytorch_model.bin")
torch.load("out/optimizer.pt")
torch.load("features_train.pt")
torch.load(folder / "swiftnet_v5.pt")
torch.load(stream)
