from dataclasses import dataclass

from simple_parsing import ArgumentParser
from transformers import AutoModel


@dataclass
class O:
    model: str = "acme/ranker-7b"


p = ArgumentParser()
p.add_arguments(O, dest="o")
args = p.parse_args()
AutoModel.from_pretrained(args.o.model)
