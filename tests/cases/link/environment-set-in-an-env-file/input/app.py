import os

from openai import OpenAI
from transformers import AutoModel

a = AutoModel.from_pretrained(os.environ["ENCODER"])
b = OpenAI().responses.create(model=os.getenv("OPENAI_MODEL", "gpt-4o"), input="hi")
c = AutoModel.from_pretrained(os.getenv("NOWHERE"))
