from .clients import claude, client as azure

DEPLOYMENT = "gpt4o-eu"


def ask(text):
    return azure.chat.completions.create(model=DEPLOYMENT, messages=[text])


def check(text):
    return claude.messages.create(model="anthropic.claude-3-haiku-20240307-v1:0", max_tokens=9, messages=[text])
