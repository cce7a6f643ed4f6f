import asyncio

from llm import Llm


async def main():
    fast, good = Llm("gpt-4.1-mini"), Llm(model="gpt-4.1")
    print(await asyncio.gather(fast.ask("hi"), good.ask("hi")))


asyncio.run(main())
