from dataclasses import dataclass

import tyro
from transformers import AutoModel


@dataclass
class O:
    model: str = "acme/ranker-7b"


args = tyro.cli(O)
AutoModel.from_pretrained(args.model)
