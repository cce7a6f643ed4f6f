import sys
from dataclasses import dataclass

from transformers import AutoModel, HfArgumentParser


@dataclass
class Arguments:
    student: str
    lines: int = 3


(args,) = HfArgumentParser(Arguments).parse_json_file(sys.argv[1])
AutoModel.from_pretrained(args.student)
