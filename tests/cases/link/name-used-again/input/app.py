from datasets import load_dataset

name = "rajpurkar/squad"
train = load_dataset(name)
name = "rajpurkar/squad_v2"
test = load_dataset(name)
