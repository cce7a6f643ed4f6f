"""Without an SDK."""

import os

import httpx

JINA = "https://api.jina.ai/v1/embeddings"


def jina(texts: list[str]) -> list[list[float]]:
    payload = {"model": "jina-embeddings-v3", "input": texts, "task": "retrieval.passage"}
    reply = httpx.post(JINA, json=payload, headers={"Authorization": f"Bearer {os.environ['JINA_API_KEY']}"})
    return [row["embedding"] for row in reply.json()["data"]]


def claude(text: str) -> str:
    reply = httpx.post(
        "https://api.anthropic.com/v1/messages",
        headers={"x-api-key": os.environ["ANTHROPIC_API_KEY"], "content-type": "application/json"},
        json={
            "model": "claude-opus-4-20250514",
            "max_tokens": 1000,
            "messages": [{"role": "user", "content": text}],
        },
    )
    return reply.json()["content"][0]["text"]


def gemini(text: str) -> str:
    url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash-lite:generateContent"
    return httpx.post(url, params={"key": os.environ["GEMINI_API_KEY"]}, json={"contents": [{"parts": [{"text": text}]}]}).text
