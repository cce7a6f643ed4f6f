import conf.models as names
from datasets import load_dataset

data = load_dataset(names.CORPUS)
