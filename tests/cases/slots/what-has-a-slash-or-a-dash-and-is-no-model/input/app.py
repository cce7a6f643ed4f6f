import openai

MODEL_ROUTE = "chat/completions"
ENDPOINTS = {"chat": "chat/completions", "embed": "v1/embeddings", "model": "models/list"}
model_license = "MIT/Apache-2.0"
PACKAGES = {"llm": "llama-cpp-python", "embedding": "sentence-transformers"}
LLM = {"llm": "llama-cpp-python"}
