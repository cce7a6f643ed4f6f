from openai import OpenAI

FALLBACKS = ["gpt-4.1", "gpt-4.1-mini"]


def ask(text, models=None):
    for model in models or FALLBACKS:
        try:
            return OpenAI().responses.create(model=model, input=text)
        except TimeoutError:
            continue
    return None
