from datasets import load_dataset

SUITES = [("openai/gsm8k", "main"), ("TIGER-Lab/MMLU-Pro", "default")]

for path, config in SUITES:
    load_dataset(path, config)

for number, suite in enumerate(["google/IFEval", "lukaemon/bbh"]):
    load_dataset(suite)

for left, right in zip(["nyu-mll/blimp", "google/boolq"], ["a", "b"]):
    load_dataset(left)
