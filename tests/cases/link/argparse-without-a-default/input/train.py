import argparse

from transformers import AutoModel

parser = argparse.ArgumentParser()
parser.add_argument("--encoder", required=True)
args = parser.parse_args()
model = AutoModel.from_pretrained(args.encoder)
