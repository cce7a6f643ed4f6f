"""How MCP servers are started and reached, and what of it is never shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aibom import mcp
from aibom.bill import Kind, Location, Usage
from aibom.credentials import MASK, is_secret_name, is_token, looks_random, masked

COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("npx -y @scope/a@1.2.3", ("npm", "@scope/a", "1.2.3", True)),
        ("npx -y @scope/a@^1.2", ("npm", "@scope/a", "^1.2", False)),
        ("npx --package=a@2.0.0 run-a", ("npm", "a", "2.0.0", True)),
        ("npx -p a run-a", ("npm", "a", "", False)),
        ("npx -p", ("", "", "", False)),
        ("npx github:acme/a#v1", ("github", "acme/a", "v1", False)),
        ("npx ./dist/index.js", ("", "", "", False)),
        ("npm exec -- a@next", ("npm", "a", "next", False)),
        ("pnpm dlx a", ("npm", "a", "", False)),
        ("bunx a", ("npm", "a", "", False)),
        ("deno run -A npm:a@1.0.0", ("npm", "a", "1.0.0", True)),
        ("deno run -A main.ts", ("", "", "", False)),
        ("uvx --python 3.12 --with b a-b@0.1.0", ("pypi", "a-b", "0.1.0", True)),
        ("uvx --from a_b[x]==1.0 run", ("pypi", "a-b", "1.0", True)),
        ("uvx a@latest", ("pypi", "a", "latest", False)),
        ("uvx a>=1", ("pypi", "a", ">=1", False)),
        (f"uvx --from git+https://github.com/acme/a.git@{COMMIT} a", ("github", "acme/a", COMMIT, True)),
        ("uv tool run a", ("pypi", "a", "", False)),
        ("uv run server.py", ("", "", "", False)),
        ("uvx server.py", ("", "", "", False)),
        ("uvx", ("", "", "", False)),
        ("pipx run --spec a==1.0 a", ("pypi", "a", "1.0", True)),
        ("docker run -i --rm -e A -v x:/y --name=z ghcr.io/acme/a:1 --flag", ("oci", "ghcr.io/acme/a", "1", False)),
        (f"podman run a@sha256:{'0' * 64}", ("oci", "a", f"sha256:{'0' * 64}", True)),
        ("docker run -i A:B:C", ("", "", "", False)),
        ("docker run -i", ("", "", "", False)),
        ("cmd /c npx a", ("npm", "a", "", False)),
        ("env A=b npx a", ("npm", "a", "", False)),
        ("bash -c 'npx -y a@1.0.0'", ("npm", "a", "1.0.0", True)),
        ('bash -c "npx \'a"', ("", "", "", False)),
        ("node server.js", ("", "", "", False)),
        ("env", ("", "", "", False)),
    ],
)
def test_the_package_that_a_command_starts_is_told(command: str, expected: tuple[str, str, str, bool]):
    server = mcp.read(command)

    assert server is not None
    assert expected == (server.ecosystem, server.package, server.version, server.pinned)


def test_a_quote_that_is_open_loses_nothing():
    server = mcp.read("npx -y a 'b")

    assert server is not None
    assert "npm:a" == server.origin


@pytest.mark.parametrize(
    ("stated", "url", "expected"),
    [
        ("", "https://a.example/mcp", "http"),
        ("", "https://a.example/sse?x=1", "sse"),
        ("streamable-http", "https://a.example/sse", "http"),
        ("", "wss://a.example", "ws"),
        ("SSE", "https://a.example", "sse"),
    ],
)
def test_the_transport_is_what_is_stated_or_what_the_address_shows(stated: str, url: str, expected: str):
    server = mcp.read(url=url, transport=stated)

    assert server is not None
    assert expected == server.transport


def test_what_names_neither_a_command_nor_an_address_is_no_server():
    assert [None, None] == [mcp.read(), mcp.read(url="nowhere")]


def test_no_secret_and_no_path_of_a_machine_is_in_a_command():
    server = mcp.read(
        "/opt/anna/bin/run",
        [
            *(
                "--header",
                "Authorization: Bearer abc",
                "--api-key=abc",
                "-e",
                "KEY=abc",
                "--url=https://u:p@h.example/x?k=1",
            ),
            *("C:\\Users\\anna\\x.py", "--file=/home/anna/y", "9f8aKq2LzX0vB7mN4tYw1cRe", "--token", "${input:token}"),
        ],
    )

    assert server is not None
    assert (
        "…/run --header *** --api-key=*** -e KEY=*** --url=https://h.example/x …/x.py --file=…/y *** "
        "--token ${input:token}" == server.command
    )


def test_a_long_command_is_cut():
    server = mcp.read("run", ["word"] * 1000)

    assert server is not None
    assert 501 == len(server.command)


def test_a_server_without_a_name_is_called_after_what_it_is():
    at = Location("app.py", 3)

    def named(**more: str) -> list[tuple[Kind, str, Usage]]:
        server = mcp.read(**more)
        assert server is not None
        return [(d.kind, str(d.name), d.usage) for d in mcp.detections(server, "", at, disabled=True)]

    assert [(Kind.SERVICE, "a", Usage.OPTIONAL), (Kind.LIBRARY, "a", Usage.OPTIONAL)] == named(command="npx a")
    assert [(Kind.SERVICE, "h.example:1", Usage.OPTIONAL)] == named(url="https://h.example:1/mcp")
    assert [(Kind.SERVICE, "x.js", Usage.OPTIONAL)] == named(command="node x.js")


@pytest.mark.parametrize(
    "text",
    [
        "sk-" + "aB3dE6gH9jK2mN5pQ8sT",
        "hf_" + "qWmZeFgHiJkLnNoPqRsTuVwXyZaRkTzPfH",
        "AKIA" + "Q7RZ2MWN4XKDJV6P",
        "key=gsk_" + "w8Kd2mQ9xZ4vL7nB1cF6hJ3pR5tY0aGe",
    ],
)
def test_a_key_of_a_known_form_is_told(text: str):
    assert is_token(text)


@pytest.mark.parametrize(
    "text",
    [
        "sk-your-key-goes-here-0000",
        "sk-" + "x" * 40,
        "sk-" + "0" * 40,
        "ask-about-things-and-others-too",
        "hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-test1234567890abcdefghij",
        "",
    ],
)
def test_a_stand_in_is_no_key(text: str):
    assert not is_token(text)


@pytest.mark.parametrize(
    "text", ["short", "claude-haiku-4-5-20251001", "https://host.example/9f8aKq2Lz", "a" * 30 + "1", "x" * 999]
)
def test_what_people_write_is_not_random(text: str):
    assert not looks_random(text)


@pytest.mark.parametrize(
    "name", ["apiKey", "HF_TOKEN", "x-api-key", "clientSecret", "aws_secret_access_key", "password"]
)
def test_names_of_secrets_are_told(name: str):
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name", ["max_tokens", "tokenizer", "token_limit", "key", "monkey", "secretary", "bos_token_id"]
)
def test_names_of_other_things_are_not(name: str):
    assert not is_secret_name(name)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_words_can_be_masked_and_read(words: list[str]):
    assert len(words) == len(masked(words))
    server = mcp.read("npx", words)
    assert server is not None
    assert masked(["--api-key", "q"]) == ["--api-key", MASK]
