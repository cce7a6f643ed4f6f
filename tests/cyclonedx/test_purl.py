from __future__ import annotations

import pytest

from aibom.bill import Component, Kind
from aibom.cyclonedx.purl import canonical_purl, purl_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pkg:huggingface/Qwen/Qwen3-8B", "pkg:huggingface/Qwen/Qwen3-8B"),
        ("pkg:npm/@scope/name@1.0", "pkg:npm/%40scope/name@1.0"),
        (
            "pkg:generic/x?download_url=https://a/b&z=c/d#sub/path",
            "pkg:generic/x?download_url=https:%2F%2Fa%2Fb&z=c%2Fd#sub/path",
        ),
        ("pkg:pypi", None),
        ("https://example.com", None),
        ("pkg:generic/\udc80", None),
    ],
)
def test_a_package_url_is_written_as_its_specification_says(text: str, expected: str | None):
    assert expected == canonical_purl(text)


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (Component(Kind.LIBRARY, "pypi", "torch"), "pkg:pypi/torch"),
        (Component(Kind.LIBRARY, "pypi", ""), None),
        (Component(Kind.LIBRARY, "npm", "\udc80"), None),
        (Component(Kind.MODEL, "ollama", "llama3.2:3b"), None),
    ],
)
def test_a_name_of_which_none_can_be_made_has_no_package_url(component: Component, expected: str | None):
    assert expected == purl_of(component)
