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
        (
            Component(Kind.LIBRARY, "maven", "com.openai/openai-java", version="4.8.0"),
            "pkg:maven/com.openai/openai-java@4.8.0",
        ),
        (
            Component(Kind.LIBRARY, "golang", "github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai", version="v0.9.0"),
            "pkg:golang/github.com/azure/azure-sdk-for-go/sdk/ai/azopenai@v0.9.0",
        ),
        (Component(Kind.LIBRARY, "cargo", "hf-hub", version="0.4.3"), "pkg:cargo/hf-hub@0.4.3"),
        (Component(Kind.LIBRARY, "nuget", "Microsoft.ML", version="4.0.3"), "pkg:nuget/Microsoft.ML@4.0.3"),
        (Component(Kind.LIBRARY, "gem", "ruby_llm"), "pkg:gem/ruby_llm"),
        (
            Component(Kind.LIBRARY, "composer", "openai-php/client", version="v0.18.0"),
            "pkg:composer/openai-php/client@v0.18.0",
        ),
        (Component(Kind.LIBRARY, "conda", "pytorch", version="2.5.1"), "pkg:conda/pytorch@2.5.1"),
        (Component(Kind.LIBRARY, "cran", "torch", version="0.16.2"), "pkg:cran/torch@0.16.2"),
        (Component(Kind.LIBRARY, "hex", "nx", version="0.10.0"), "pkg:hex/nx@0.10.0"),
        (Component(Kind.LIBRARY, "pub", "openai_dart"), "pkg:pub/openai_dart"),
        (Component(Kind.LIBRARY, "julia", "Flux", version="0.16.5"), None),
        (Component(Kind.LIBRARY, "pypi", ""), None),
        (Component(Kind.LIBRARY, "npm", "\udc80"), None),
        (Component(Kind.MODEL, "ollama", "llama3.2:3b"), None),
    ],
)
def test_a_name_of_which_none_can_be_made_has_no_package_url(component: Component, expected: str | None):
    assert expected == purl_of(component)
