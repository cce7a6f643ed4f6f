import datasets

train, test = datasets.load_dataset("imdb", split=["train", "test"])
squad = datasets.load.load_dataset("squad_v2")
