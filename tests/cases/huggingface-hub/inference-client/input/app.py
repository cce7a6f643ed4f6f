from huggingface_hub import AsyncInferenceClient, InferenceClient

client = InferenceClient("mistralai/Mixtral-8x7B-Instruct-v0.1", provider="together")
anything = InferenceClient()
picture = anything.text_to_image("a fox in the snow", model="black-forest-labs/FLUX.1-schnell")
answer = anything.chat.completions.create(model="meta-llama/Llama-3.3-70B-Instruct", messages=[])


async def embed(text):
    waiting = AsyncInferenceClient()
    return await waiting.feature_extraction(text, model="thenlper/gte-large")
