def load_dataset(name):
    with open(f"files/{name}.txt") as file:
        return file.read()
