from datasets import load_dataset

shards = load_dataset("parquet", data_files="hf://datasets/HuggingFaceFW/fineweb-edu/sample/10BT/*.parquet")
tables = load_dataset(
    "csv",
    data_files={
        "train": "hf://datasets/lhoestq/demo1/data/train.csv",
        "test": "hf://datasets/lhoestq/demo1/data/test.csv",
    },
)
