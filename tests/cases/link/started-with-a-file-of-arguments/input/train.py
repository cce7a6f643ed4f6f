import sys
from dataclasses import dataclass, field
from typing import List

from datasets import load_dataset
from transformers import AutoModel, HfArgumentParser, TrainingArguments


@dataclass
class Arguments:
    student: str = field(default=None)
    judges: List[str] = field(default_factory=list)
    corpus: str = field(default="acme/corpus")
    note: str = field(default="acme/note")


parser = HfArgumentParser((Arguments, TrainingArguments))
if sys.argv[-1].endswith(".yaml"):
    args, training = parser.parse_yaml_file(sys.argv[-1])
else:
    args, training = parser.parse_args_into_dataclasses()
AutoModel.from_pretrained(args.student)
load_dataset(args.corpus)
for judge in args.judges:
    AutoModel.from_pretrained(judge)
print(args.note)
