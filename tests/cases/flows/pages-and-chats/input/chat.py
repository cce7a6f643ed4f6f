import gradio
from anthropic import Anthropic

client = Anthropic()


def reply(message, history):
    asked = [{"role": "user", "content": message}]
    return client.messages.create(model="claude-sonnet-4-20250514", max_tokens=99, messages=asked)


gradio.ChatInterface(fn=reply).launch()
