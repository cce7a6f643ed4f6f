from openai import OpenAI

from settings import EMBEDDER, FALLBACK, LLM

client = OpenAI()
a = client.responses.create(model=LLM, input="hi")
b = client.embeddings.create(model=EMBEDDER, input="hi")
c = client.responses.create(model=FALLBACK, input="hi")
