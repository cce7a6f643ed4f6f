"""The reply writer, with both providers replaced by mocks."""

from unittest.mock import MagicMock

import httpx
import pytest
from openai import APIConnectionError

from ticket_assistant import llm


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> llm.ReplyWriter:
    monkeypatch.setattr(llm, "OpenAI", MagicMock())
    monkeypatch.setattr(llm, "Anthropic", MagicMock())
    return llm.ReplyWriter(model="test-model")


def test_uses_the_model_it_was_given(writer: llm.ReplyWriter) -> None:
    create = writer.client.chat.completions.create
    create.return_value.choices[0].message.content = "Hello"

    assert writer.write("Where is my parcel?", ["Parcels take three days."]) == "Hello"
    assert create.call_args.kwargs["model"] == "test-model"


def test_falls_back_when_the_first_provider_fails(writer: llm.ReplyWriter) -> None:
    request = httpx.Request("POST", "https://provider.example/")
    writer.client.chat.completions.create.side_effect = APIConnectionError(request=request)
    block = MagicMock(type="text", text="Hello from the fallback")
    writer.fallback.messages.create.return_value.content = [block]

    assert writer.write("Where is my parcel?", []) == "Hello from the fallback"
