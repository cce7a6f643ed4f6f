"""Classifiers that run in the service's own process."""

from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    Pipeline,
    pipeline,
)

from ticket_assistant.config import INTENT_MODELS


def load(name: str, revision: str | None = None) -> Pipeline:
    """Load a text classifier from the Hugging Face Hub."""
    model = AutoModelForSequenceClassification.from_pretrained(name, revision=revision)
    tokenizer = AutoTokenizer.from_pretrained(name, revision=revision)
    return pipeline("text-classification", model=model, tokenizer=tokenizer)


def load_intents(size: str = "small") -> Pipeline:
    """Load the zero-shot classifier of the given size."""
    return pipeline("zero-shot-classification", model=INTENT_MODELS[size])
