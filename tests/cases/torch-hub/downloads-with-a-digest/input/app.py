import torch

torch.hub.download_url_to_file("https://dl.fbaipublicfiles.com/one.pt", "one.pt", "0123456789")
torch.hub.download_url_to_file("https://dl.fbaipublicfiles.com/two.pt", "two.pt", hash_prefix="0123456789")
torch.hub.download_url_to_file("https://dl.fbaipublicfiles.com/three.pt", "three.pt")
