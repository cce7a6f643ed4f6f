from datasets import load_dataset

raw = load_dataset("knkarthick/dialogsum")
clean = raw.filter(lambda row: len(row["dialogue"]) < 4000)
clean.push_to_hub("acme-labs/dialogsum-short", private=True)
