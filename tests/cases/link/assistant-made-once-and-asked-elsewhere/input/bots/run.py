from openai import OpenAI

from bots.registry import BOTS

client = OpenAI()


def ask(text):
    for bot in BOTS:
        client.chat.completions.create(model=bot.model, messages=[text], temperature=bot.temperature)
