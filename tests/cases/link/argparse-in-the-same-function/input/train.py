import argparse

from datasets import load_dataset
from transformers import AutoModelForTokenClassification


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model-name", default="FacebookAI/xlm-roberta-base")
    parser.add_argument("-d", "--dataset", type=str, default="eriktks/conll2003", help="which corpus")
    args = parser.parse_args()
    load_dataset(args.dataset)
    AutoModelForTokenClassification.from_pretrained(args.model_name)
