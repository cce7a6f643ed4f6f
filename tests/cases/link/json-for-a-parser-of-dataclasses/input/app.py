import os
from dataclasses import dataclass, field

from transformers import AutoModel, HfArgumentParser


@dataclass
class Arguments:
    model_name: str = field(metadata={"help": "which"})


parser = HfArgumentParser(Arguments)
(arguments,) = parser.parse_json_file(json_file=os.path.abspath("run.json"))
AutoModel.from_pretrained(arguments.model_name)
