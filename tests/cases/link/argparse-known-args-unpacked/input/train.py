from argparse import ArgumentParser

from transformers import AutoModel

p = ArgumentParser()
p.add_argument("--encoder", default="allenai/scibert_scivocab_uncased")
p.add_argument("--out", default="runs/latest")
args, _ = p.parse_known_args()
model = AutoModel.from_pretrained(args.encoder)
