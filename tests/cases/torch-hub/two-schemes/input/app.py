import torch

URL = "https://weights.acme.ai/zoo/swiftnet-face.pth"


def load():
    try:
        return torch.hub.load_state_dict_from_url(URL)
    except OSError:
        return torch.hub.load_state_dict_from_url(URL.replace("https://", "http://"))
