from datasets import load_dataset

CORPORA = ["mteb/sts12-sts", "mteb/sts13-sts"]

for name in CORPORA:
    load_dataset(name, split="test")

for other in ("mteb/biosses-sts", "mteb/sickr-sts"):
    load_dataset(other)

more = [load_dataset(n) for n in ["mteb/stsbenchmark-sts"]]
