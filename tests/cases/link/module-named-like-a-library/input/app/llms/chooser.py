import groq

from app.llms.groq import Chat


def title(messages):
    return groq.Groq().chat.completions.create(model="llama-3.1-8b-instant", messages=messages)


def chat():
    return Chat("qwen-qwq-32b")
