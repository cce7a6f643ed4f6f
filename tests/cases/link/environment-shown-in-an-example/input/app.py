import os

from openai import OpenAI
from transformers import AutoModel

a = AutoModel.from_pretrained(os.environ["ENCODER"])
b = OpenAI().responses.create(model=os.getenv("OPENAI_MODEL") or "gpt-4o", input="hi")
