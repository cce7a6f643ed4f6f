from openai import AsyncOpenAI, OpenAI

with OpenAI() as client:
    client.responses.create(model="gpt-4o-mini", input="hi")


async def main():
    async with AsyncOpenAI(base_url="http://127.0.0.1:11434/v1") as local:
        await local.chat.completions.create(model="gemma2:2b", messages=[])
