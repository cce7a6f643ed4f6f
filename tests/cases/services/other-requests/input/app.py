import requests

MESSAGES = "https://api.chat.example/v1/messages"


def send(text):
    """Not like OPENAI_API_KEY, and not https://api.openai.com/v1/chat/completions."""
    requests.post(MESSAGES, json={"model": "gpt-4o"})
    requests.post("https://api.example.com/embeddings/list", json={"model": "car"})
    requests.get("https://huggingface.co/api/models")
    requests.post("https://api.github.com/repos", json={"model": "x/y"})
    return "MY_OPENAI_API_KEY_HINT"
