import re

PATTERN = re.compile(r"gpt-4o|claude-3|gemini-\d")
PREFIXES = ("gpt-", "claude-", "gemini-")


def family(model):
    if model.startswith("gpt-4"):
        return "openai"
    return "anthropic" if "claude" in model else PATTERN.match(model)
