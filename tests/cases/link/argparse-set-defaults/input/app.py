import argparse

from transformers import AutoModel

p = argparse.ArgumentParser()
p.add_argument("--model")
p.set_defaults(model="acme/ranker-7b")
args = p.parse_args()
AutoModel.from_pretrained(args.model)
