from anthropic import AsyncAnthropic as Claude


class Judge:
    def __init__(self, client: Claude | None = None):
        self._client = client or Claude()

    async def grade(self, essay):
        message = await self._client.messages.create(
            max_tokens=16, messages=[{"role": "user", "content": essay}], model="claude-3-opus-20240229"
        )
        return message.content[0].text
