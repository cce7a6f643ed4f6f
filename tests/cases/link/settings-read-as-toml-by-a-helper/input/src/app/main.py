from openai import OpenAI

from app.config import load

cfg = load()
answer = OpenAI().responses.create(model=cfg["llm"]["model"], input="hi")
