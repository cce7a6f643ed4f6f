from anthropic import APIStatusError
from anthropic.types import Message, TextBlock


def text_of(message: Message) -> str:
    if message.model.startswith("claude-3"):
        return "".join(block.text for block in message.content if isinstance(block, TextBlock))
    raise APIStatusError("claude-2.1 is gone", response=None, body=None)
