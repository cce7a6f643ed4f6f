# Ollama runs on the same machine.
from app.wrappers import ask

DEFAULT_MODEL = "llama3"
VISION_MODEL = "llava-1.6"
MODEL_FIELD = "model_name"


def chat(text, model=None):
    return ask(model or DEFAULT_MODEL, text)
