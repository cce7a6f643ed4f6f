import openai

_RESPONSES_ONLY = ("gpt-5-pro", "gpt-5.2-pro", "gpt-5.4-pro")


def options(model):
    if any(model.startswith(prefix) for prefix in ["gpt-4o", "gpt-4.1", "gpt-5"]):
        return {"tools": True}
    seeing = ["gpt-4o", "gpt-4.1", "gpt-5"]
    if any(model.startswith(part) for part in seeing):
        return {"images": True}
    return {"responses": model.startswith(_RESPONSES_ONLY)}


def best(client, text):
    return [client.ask(text, model) for model in ["gpt-4o", "gpt-4.1", "gpt-5"]]
