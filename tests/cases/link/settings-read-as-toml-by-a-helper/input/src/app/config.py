import tomllib


def load(path="settings.toml"):
    with open(path, "rb") as file:
        return tomllib.load(file)
