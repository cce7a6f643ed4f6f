from dataclasses import dataclass, field


@dataclass
class Config:
    seed: int = 0
    encoder: str = "google/mt5-small"
    data: str = field(default="facebook/flores", metadata={"help": "hub/id"})
