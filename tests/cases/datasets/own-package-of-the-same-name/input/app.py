from datasets import load_dataset

text = load_dataset("letters/1905")
