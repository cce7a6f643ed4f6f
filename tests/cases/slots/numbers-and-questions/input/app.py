import openai

CONTEXT = {"gpt-4o": 128_000, "gpt-4o-mini": 128_000}
O1_MODELS = {"o1": 200_000, "o1-mini": 128_000}
JSON_MODELS = ["gpt-4o", "gpt-4o-mini", "o3-mini"]
VISION_MODELS = ("gpt-4o", "gpt-4.1", "gpt-4.1-mini")
SUPPORTED_MODELS = ["gpt-4o", "gpt-4.1", "gpt-4.1-mini"]
ROTATED_MODELS = ["gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano"]


def options(model):
    if model not in SUPPORTED_MODELS:
        raise ValueError(model)
    if model.startswith("gpt-3.5-turbo") or any(part in model for part in VISION_MODELS):
        return {}
    return {"response_format": "json"} if model in JSON_MODELS else {"size": O1_MODELS.get(model)}


def ask(client, text):
    for model in ROTATED_MODELS:
        client.ask(model, text)


COSTS = {"gpt-4.5-preview": {"prompt": 75 / 1_000_000}, "gpt-4-turbo": {"prompt": 10 / 1_000_000}}
PROFILES = {"acme-7b-instruct": {"name": "gpt-4o-2024-08-06", "max_input_tokens": 8192, "max_output_tokens": 100}}
