import argparse

from transformers import AutoTokenizer


def load(args):
    return AutoTokenizer.from_pretrained(args.tokenizer)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tokenizer", default="google/byt5-small")
    args = parser.parse_args()
    return load(args)


if __name__ == "__main__":
    main()
