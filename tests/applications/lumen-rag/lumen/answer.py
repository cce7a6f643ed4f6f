import litellm

from lumen.settings import settings

PROMPT = """Answer from the passages alone. Say "unknown" when they do not say."""


def answer(question: str, passages: list[str]) -> str:
    reply = litellm.completion(
        model=settings.answer_model,
        fallbacks=[settings.fallback_model, "groq/llama-3.3-70b-versatile"],
        messages=[{"role": "system", "content": PROMPT}, {"role": "user", "content": "\n".join([question, *passages])}],
    )
    return reply.choices[0].message.content


def headline(text: str, *, model: str = "mistral/mistral-small-latest") -> str:
    """One line for the list of hits. ``text/plain`` in, ``text/plain`` out."""
    return litellm.completion(model=model, messages=[{"role": "user", "content": text}]).choices[0].message.content
