import argparse

from common import add
from transformers import AutoModel

p = argparse.ArgumentParser()
add(p)
args = p.parse_args()
AutoModel.from_pretrained(args.model)
