import torch

old = torch.load("old.pt", weights_only=False)
safe = torch.load("safe.pt", weights_only=True)
default = torch.load("default.pt")

options = {"map_location": "cpu", "weights_only": False}
given = torch.load("given.pt", **options)


def load(path, **kw):
    return torch.load(path, **kw)


def told(path, weights_only):
    return torch.load(path, weights_only=weights_only)


def old_or_new(fp):
    kwargs = {"weights_only": True} if torch.__version__ >= "1.13" else {}
    return torch.load(fp, **kwargs)
