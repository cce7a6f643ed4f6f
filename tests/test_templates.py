"""What a chat template reaches is told by its code, and not by its text."""

from __future__ import annotations

import pytest

from aibom.cards import of_record
from aibom.templates import reaches

USUAL = """{%- if tools is defined %}{{- 'Use __init__ and import os. ' + tools | tojson }}{%- endif %}
{%- set ns = namespace(first=true) %}{# include nothing, not even __this__ #}
{%- for message in messages %}
{{- '<|im_start|>' + message['role'] + '\\n' + message.content | trim + '<|im_end|>' }}
{%- if message.tool_calls %}{{ raise_exception("no __class__ \\" here") }}{% endif %}
{%- endfor %}{{ strftime_now("%Y") }} {{ bos_token }} text: cycler.next() __globals__ {# not closed __x__
"""


def test_a_usual_template_reaches_nothing():
    assert () == reaches(USUAL)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", ("__class__", "__mro__", "__subclasses__")),
        ("{{ lipsum.__globals__['os'].popen('id') }}", ("__globals__", "lipsum")),
        ("{{ messages | attr('__class__') }}", ("__class__",)),
        ("{{ messages['__init__'] }}", ("__init__",)),
        ('{{ messages|attr( "_private" ) }}', ("_private",)),
        ("{%- include 'other' -%}", ("include",)),
        ("{% from 'x' import y %}{% extends 'z' %}{% import 'a' as b %}", ("extends", "from", "import")),
        ("{{ url_for.__globals__ }}", ("__globals__", "url_for")),
        ("{{ {'a': {'b': 1}}.__class__ }}", ("__class__",)),
        ("{{ x.__class__", ("__class__",)),
        ("{{ x.__class__ + 'open", ("__class__",)),
    ],
)
def test_what_reaches_is_named(template: str, words: tuple[str, ...]):
    assert words == reaches(template)


def test_the_record_of_a_hub_says_what_the_template_of_its_file_reaches():
    record = {
        "gguf": {"chat_template": "{{ lipsum.x }}"},
        "config": {"tokenizer_config": {"chat_template": [{"name": "a", "template": "{% include 'x' %}"}]}},
    }

    said = of_record(record, source="hub")

    found = [(fact.value, fact.source) for name, fact in said.facts if name == "chat-template-reaches"]
    assert [("include", "hub"), ("lipsum", "hub:gguf")] == found


@pytest.mark.hostile
@pytest.mark.parametrize(
    "part", ["{{ ", "{% ", "{{ ' ", "{{ [ ", "{{ a }{", "{{ attr( ", "'\\\\", "__a", "{#", "{{'\\'"]
)
def test_a_hostile_template_is_walked_once(part: str):
    """Were the time not linear, this would not end."""
    assert () == tuple(word for word in reaches(part * 100_000) if len(word) > 64)
