import os

LLM = os.getenv("LLM", "gpt-4.1-nano")
EMBEDDER = os.environ.get("EMBEDDER", default="text-embedding-3-small")
FALLBACK = os.environ.get("FALLBACK") or "gpt-4o"
