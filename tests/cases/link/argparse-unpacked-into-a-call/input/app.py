import argparse

from transformers import AutoModel


def run(model, n):
    AutoModel.from_pretrained(model)


p = argparse.ArgumentParser()
p.add_argument("--model", default="acme/ranker-7b")
args = p.parse_args()
run(**vars(args))
