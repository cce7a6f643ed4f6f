from openai import AsyncOpenAI


class Llm:
    def __init__(self, model: str, *, client: AsyncOpenAI | None = None) -> None:
        self._model = model
        self._client = client or AsyncOpenAI()

    async def ask(self, text: str) -> str:
        reply = await self._client.responses.create(model=self._model, input=text)
        return reply.output_text
