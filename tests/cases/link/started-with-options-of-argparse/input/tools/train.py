import argparse

from datasets import load_dataset
from transformers import AutoModel

parser = argparse.ArgumentParser()
parser.add_argument("stage")
parser.add_argument("corpora", nargs="*")
parser.add_argument("--base", "-b", required=True)
parser.add_argument("--extra", nargs="+", default=[])
parser.add_argument("--more", action="append", default=[])
parser.add_argument("--fast", action="store_true")
parser.add_argument("--run")
args = parser.parse_args()
AutoModel.from_pretrained(args.base)
for name in [*args.extra, *args.more]:
    AutoModel.from_pretrained(name)
for name in args.corpora:
    load_dataset(name)
print(args.run, args.stage)
