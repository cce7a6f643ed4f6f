from dataclasses import dataclass

from transformers import pipeline


@dataclass
class Settings:
    model: str | None = None
    task: str = "fill-mask"


def by_field(settings: Settings):
    return pipeline(task=settings.task, model=settings.model)


def with_options(model=None):
    options = {"model": model} if model else {}
    return pipeline("zero-shot-classification", **options)


def with_any(**options):
    return pipeline("ner", **options)
