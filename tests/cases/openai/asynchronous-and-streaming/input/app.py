import openai


class Writer:
    def __init__(self):
        self.client = openai.AsyncOpenAI(timeout=30)

    async def write(self, prompt):
        async with self.client.responses.stream(model="gpt-5-mini", input=prompt) as stream:
            async for event in stream:
                yield event

    async def check(self, text):
        return await self.client.moderations.create(model="omni-moderation-latest", input=text)
