from datasets import load_dataset

glue = load_dataset("nyu-mll/glue", "mrpc", split="validation")
books = load_dataset(path="wikimedia/wikipedia", name="20231101.de", streaming=True, revision="b04c8d1ceb2f5cd4588862100d08de323dccfbaa")
