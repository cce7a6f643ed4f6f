import litellm
import openai
from anthropic import AnthropicBedrock
from transformers import AutoModel


def run(kind, model, url):
    if kind == "local":
        return AutoModel.from_pretrained(model)
    if kind == "server":
        return openai.OpenAI(base_url=url).chat.completions.create(model=model, messages=[])
    return litellm.rerank(model=model, query="", documents=[])


def chat(kind, model):
    if kind == "bedrock":
        return AnthropicBedrock().messages.create(model=model, max_tokens=1, messages=[])
    return openai.OpenAI(base_url="http://localhost:1234/v1").chat.completions.create(model=model, messages=[])


def rerank(kind, model):
    if kind == "local":
        return AutoModel.from_pretrained(model)
    return litellm.rerank(model=model, query="", documents=[])


run("local", "BAAI/bge-reranker-base", "")
rerank("local", "google/t5-large-lm-adapt")
rerank("local", "ms-marco-MiniLM-L-12-v2")
chat("bedrock", "gpt-5-mini")
