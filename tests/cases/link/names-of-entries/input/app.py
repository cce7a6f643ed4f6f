import argparse

import openai
from transformers import AutoModel

CAPTIONS = {"blip-base": "acme/blip-image-captioning-base", "blip-large": "acme/blip-image-captioning-large"}
VOICES = {"de": "acme/voice-de", "en": "acme/voice-en"}


class Config:
    caption = "blip-large"
    voice = "de"

    def for_small_machines(self):
        self.caption = "blip-base"


def describe(config: Config):
    return AutoModel.from_pretrained(CAPTIONS[config.caption])


def speak(config: Config):
    return AutoModel.from_pretrained(VOICES[config.voice])


class OpenAI:
    def __init__(self, model="gpt-4o-mini"):
        self.model = model

    def ask(self):
        return openai.OpenAI().chat.completions.create(model=self.model, messages=[])


CLIENTS = {"gpt-4o": OpenAI}


def client(name="gpt-4o"):
    return CLIENTS[name]().ask()


parser = argparse.ArgumentParser()
parser.add_argument("--caption", default="blip-base")
AutoModel.from_pretrained(CAPTIONS[parser.parse_args().caption])
describe(Config())
speak(Config())
client()
