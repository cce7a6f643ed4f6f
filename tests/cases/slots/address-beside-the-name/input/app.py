from openai import AsyncOpenAI


async def embed(texts, model="acme/nv-embedqa-1b-v1", base_url="https://integrate.api.nvidia.com/v1", api_key=None):
    options = {}
    if base_url is not None:
        options["base_url"] = base_url
    if api_key:
        options["api_key"] = api_key
    client = AsyncOpenAI(**options)
    return await client.embeddings.create(model=model, input=texts)


async def answer(prompt, complete):
    return await complete("acme/nemotron-70b-instruct", prompt, base_url="https://integrate.api.nvidia.com/v1")


async def elsewhere(prompt, complete):
    return await complete("acme/nemotron-8b-instruct", prompt, base_url="https://nobody.example/v1")
