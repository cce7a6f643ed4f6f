from transformers import AutoModel


def load(name):
    return AutoModel.from_pretrained(name)


import asyncio


async def go():
    await asyncio.to_thread(load, "acme/ranker-7b")
    await asyncio.get_event_loop().run_in_executor(None, load, "acme/reader-1b")
