import litellm
from litellm import Router, acompletion, completion, embedding

completion(model="gpt-4o", messages=[])
completion("anthropic/claude-3-5-sonnet-20241022", [])
embedding(model="huggingface/BAAI/bge-m3", input=["x"])
litellm.rerank(model="cohere/rerank-english-v3.0", query="q", documents=[])
acompletion(model="mistral-large", messages=[], custom_llm_provider="mistral")
Router(
    model_list=[
        {"model_name": "fast", "litellm_params": {"model": "groq/llama-3.1-8b-instant"}},
        {"model_name": "good", "litellm_params": {"model": "azure/my-gpt4", "api_version": "2024-06-01"}},
    ]
)
