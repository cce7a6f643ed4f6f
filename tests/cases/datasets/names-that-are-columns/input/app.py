from datasets import ClassLabel, Features, Value

features = Features({"premise/hypothesis": Value("string"), "label": ClassLabel(names=["yes/no", "maybe"])})


def rename(ds):
    return ds.rename_column("text", "input/text").train_test_split(test_size=0.1)
