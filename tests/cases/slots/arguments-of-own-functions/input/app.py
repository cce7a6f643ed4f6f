import torch


class Thing:
    def __init__(self, size, model): ...


def load(model_name, kind="x"): ...


def write(text): ...


Thing(3, "zorg/made")
load("zorg/loaded", "zorg/kind")
write("zorg/written")


class Embedders:
    small = "zorg/small"
    large = "zorg/large"


@dataclass
class Entry:
    model: str
    size: int


Entry("zorg/entry", 3)
