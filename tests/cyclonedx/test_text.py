from __future__ import annotations

import pytest

from aibom.cyclonedx.text import clean, is_loopback, is_machine_path, to_endpoint


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://api.example.com", ("https://api.example.com", True)),
        ("https://u:p@api.example.com:8443/v1/a b?key=1#x", ("https://api.example.com:8443/v1/a%20b", True)),
        ("https://api.example.com?to=a@b", ("https://api.example.com", True)),
        ("https://x/100%/a%20b", ("https://x/100%25/a%20b", True)),
        ("https://{host}/v1", ("https://%7Bhost%7D/v1", True)),
        ("https://bücher.example/ü", ("https://b%C3%BCcher.example/%C3%BC", True)),
        ("http://[::1]:80/", ("http://[::1]:80/", False)),
        ("api.example.com/v1", ("api.example.com/v1", False)),
        ("https://a b/\udc80", ("https://a b/\udc80", False)),
        ("", ("", False)),
    ],
)
def test_an_endpoint_is_shown_without_its_secrets(address: str, expected: tuple[str, bool]):
    assert expected == to_endpoint(address)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/etc", True), ("\\\\box\\x", True), ("d:/x", True), ("FILE:///x", True), ("src/x:y", False), ("", False)],
)
def test_a_path_of_a_machine_is_told_from_one_in_the_tree(path: str, expected: bool):
    assert expected == is_machine_path(path)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:8000/v1", True),
        ("http://[::1]", True),
        ("HTTP://LOCALHOST", True),
        ("http://127.example", False),
    ],
)
def test_an_address_of_this_machine_is_known(address: str, expected: bool):
    assert expected == is_loopback(address)


def test_every_string_is_cleaned_and_nothing_else_is_touched():
    value: dict[str, object] = {"a": ["\x00", 1, {"b": "\ud800"}, "é"], "c": 0.5, "d": True}

    clean(value)

    assert {"a": ["\\x00", 1, {"b": "\\ud800"}, "é"], "c": 0.5, "d": True} == value
