from datasets import load_dataset

corpus = load_dataset("./data/corpus", split="train")
