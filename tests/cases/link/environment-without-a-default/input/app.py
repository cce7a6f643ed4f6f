import os
from os import environ, getenv

from transformers import AutoModel

a = AutoModel.from_pretrained(os.environ["ENCODER"])
b = AutoModel.from_pretrained(os.getenv("SECOND"))
c = AutoModel.from_pretrained(environ["THIRD"])
d = AutoModel.from_pretrained(getenv("FOURTH", "google/electra-small-discriminator"))
