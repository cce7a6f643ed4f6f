"""For the monthly bill, in dollars per million tokens (in, out). Procurement keeps it; most of these are never called."""

PRICES = {
    "gpt-4": (30.0, 60.0),
    "gpt-4-turbo": (10.0, 30.0),
    "o1": (15.0, 60.0),
    "claude-3-haiku-20240307": (0.25, 1.25),
    "command-r-plus": (2.5, 10.0),
    "mistral-large-2411": (2.0, 6.0),
}
MAX_TOKENS = {"gpt-4": 8192, "gpt-4-turbo": 4096}


def price(model: str, tokens_in: int, tokens_out: int) -> float:
    cost_in, cost_out = PRICES[model]
    return (tokens_in * cost_in + tokens_out * cost_out) / 1e6
