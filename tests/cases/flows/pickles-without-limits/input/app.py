import torch

old = torch.load("old.pt", weights_only=False)
safe = torch.load("safe.pt", weights_only=True)
default = torch.load("default.pt")
