from anthropic import Anthropic
from openai import OpenAI

from settings import settings

a = Anthropic().messages.create(model=settings.llm.model, max_tokens=64, messages=[])
b = OpenAI().embeddings.create(model=settings.embedding_model, input="hi")
c = OpenAI().responses.create(model=settings.judge, input="hi")
