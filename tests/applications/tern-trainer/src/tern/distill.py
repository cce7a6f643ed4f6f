"""``python -m tern.distill configs/distill.yaml``"""

import os
import sys
from dataclasses import dataclass, field

from datasets import load_dataset
from transformers import AutoModel, HfArgumentParser, TrainingArguments


@dataclass
class Arguments:
    student: str = field(metadata={"help": "who learns"})
    tutor: str = field(default="google-bert/bert-large-uncased")
    texts: str = field(default=None)
    board: str = field(default="tern/board")


def main():
    parser = HfArgumentParser((Arguments, TrainingArguments))
    if len(sys.argv) == 2 and sys.argv[1].endswith(".yaml"):
        args, training = parser.parse_yaml_file(yaml_file=os.path.abspath(sys.argv[1]))
    else:
        args, training = parser.parse_args_into_dataclasses()
    student = AutoModel.from_pretrained(args.student)
    tutor = AutoModel.from_pretrained(args.tutor)
    print(load_dataset(args.texts), student, tutor, args.board, training)


if __name__ == "__main__":
    main()
