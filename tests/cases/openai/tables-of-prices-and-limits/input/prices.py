"""What a thousand tokens cost."""

PRICES = {
    "gpt-4o": (2.5, 10.0),
    "gpt-4o-mini": (0.15, 0.6),
    "claude-3-5-sonnet-20241022": (3.0, 15.0),
}
CONTEXT = {"gpt-4-turbo": 128_000, "o1-mini": 128_000}


def cost(model, tokens):
    return PRICES[model][0] * tokens / 1000
