import nltk
import ollama

nltk.download("punkt_tab", quiet=True)


def summarize(text: str, turns, *, model: str) -> str:
    sentences = nltk.sent_tokenize(text)
    reply = ollama.chat(model=model, messages=[{"role": "user", "content": f"{turns}\n{sentences}"}])
    return reply["message"]["content"]


def topics(text: str) -> list[float]:
    return ollama.embed("snowflake-arctic-embed:22m", text).embeddings[0]
