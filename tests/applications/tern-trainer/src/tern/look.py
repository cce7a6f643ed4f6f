import fire
from transformers import AutoModelForImageClassification


class Look:
    def at(self, eye, picture="birds/tern.png"):
        AutoModelForImageClassification.from_pretrained(eye)(picture)


if __name__ == "__main__":
    fire.Fire(Look)
