from config import Config
from datasets import load_dataset
from transformers import AutoModel


def main(config: Config):
    load_dataset(config.data)
    return AutoModel.from_pretrained(config.encoder)


main(Config(encoder="google/mt5-base"))
