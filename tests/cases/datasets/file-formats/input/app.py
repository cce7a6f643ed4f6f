from datasets import Dataset, load_dataset, load_from_disk

table = load_dataset("csv", data_files="data/train.csv")
lines = load_dataset("json", data_files={"train": ["a.jsonl", "b.jsonl"]})
shards = load_dataset("arrow", data_files="shards/part-0001")
pictures = load_dataset("imagefolder", data_dir="pictures/cats")
again = load_from_disk("cache/tokenised")
made = Dataset.from_dict({"text": ["one/two"]})
