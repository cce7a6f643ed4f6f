def load(name):
    with open(f"pages/{name}.html") as file:
        return file.read()
