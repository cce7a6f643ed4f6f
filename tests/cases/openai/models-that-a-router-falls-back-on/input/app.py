from openai import OpenAI

client = OpenAI(base_url="https://openrouter.ai/api/v1")
client.chat.completions.create(
    model="qwen/qwen3-32b",
    extra_body={"models": ["mistralai/mistral-nemo", "google/gemma-3-27b-it"]},
    messages=[],
)
client.chat.completions.create(model="qwen/qwen3-14b", extra_body={"top_k": 40}, messages=[])
