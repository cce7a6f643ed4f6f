import sys
from dataclasses import dataclass, field

from transformers import AutoModel, HfArgumentParser, TrainingArguments


@dataclass
class O:
    model: str = field(default="acme/ranker-7b", metadata={})


parser = HfArgumentParser((O, TrainingArguments))
if len(sys.argv) == 2:
    o, t = parser.parse_json_file("x.json")
else:
    o, t = parser.parse_args_into_dataclasses()
AutoModel.from_pretrained(o.model)
