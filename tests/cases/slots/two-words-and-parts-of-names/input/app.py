import anthropic
import torch

clip = "min/max"
judge = "pass/fail"
corpus = "news/sports"
translator = "en/de"
classifier = "acme/toxic-base"
MODEL_RE = "gpt-4|gpt-3.5"
MODEL_FAMILY = "claude-3"
MODEL_PREFIXES = ["claude-3-5", "claude-2"]
MODEL = "claude-3-5-haiku-latest"
MODEL_NAME = "model-v1"
