from anthropic import Anthropic
from openai import OpenAI

CONFIG = {
    "chat": {"model": "gpt-4o", "temperature": 0},
    "judge": {"model": "claude-3-5-sonnet-20240620"},
}


def chat(text):
    return OpenAI().chat.completions.create(messages=[text], **CONFIG["chat"])


def judge(text):
    return Anthropic().messages.create(model=CONFIG["judge"]["model"], max_tokens=9, messages=[text])
