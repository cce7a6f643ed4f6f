from openai import OpenAI

from settings import settings

a = OpenAI().responses.create(model=settings.chat_model, input="hi")
b = OpenAI().responses.create(model=settings.judge, input="hi")
