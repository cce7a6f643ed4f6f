import fire
from transformers import AutoModel


class Look:
    def __init__(self, size="acme/sized"):
        self.size = AutoModel.from_pretrained(size)

    def at(self, eye, picture="acme/picture"):
        return AutoModel.from_pretrained(eye)(picture)

    def away(self, eye):
        print(eye)


if __name__ == "__main__":
    fire.Fire(Look)
