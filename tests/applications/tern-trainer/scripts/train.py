"""Train the ranker."""

import argparse

from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", "-b", required=True, help="what to start from")
    parser.add_argument("--tok", dest="words", default=None)
    parser.add_argument("--corpus", type=str, required=True)
    parser.add_argument("--run", help="what this is called on the board, such as tern/first")
    parser.add_argument("--store", default="runs/out")
    return parser.parse_args()


def main():
    args = arguments()
    data = load_dataset(args.corpus, split="train")
    tokenizer = AutoTokenizer.from_pretrained(args.words or args.base)
    model = AutoModelForSequenceClassification.from_pretrained(args.base)
    print(args.run, len(data), tokenizer, model)
    model.save_pretrained(args.store)


if __name__ == "__main__":
    main()
