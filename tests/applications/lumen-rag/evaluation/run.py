"""python evaluation/run.py --judge gpt-4.1 --benchmark deepset/germanquad"""

import argparse

from datasets import load_dataset
from openai import OpenAI

parser = argparse.ArgumentParser()
parser.add_argument("--judge", default="gpt-4.1-mini")
parser.add_argument("--benchmark", default="deepset/germanquad")
parser.add_argument("--split", default="test/full")
args = parser.parse_args()

questions = load_dataset(args.benchmark, split="test")
distractors = load_dataset("json", data_files="hf://datasets/mkqa/mkqa-raw/de.jsonl")
client = OpenAI()


def judge(question: str, given: str) -> bool:
    said = client.chat.completions.create(model=args.judge, messages=[{"role": "user", "content": question + given}])
    return "yes" in said.choices[0].message.content.lower()
