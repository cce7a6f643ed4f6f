"""Security notices: from a server of our own, from the cache, from a dump; and which versions they are about."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from aibom import enrich
from aibom.asking import client
from aibom.bill import Advisory, Bill, Component, Evidence, Kind, Location, Rating, Usage
from aibom.enrichers import builtin
from aibom.enrichers.osv import OSV, _is_affected
from aibom.errors import TargetError

from .local_osv import LocalOSV, notice
from .serving import running


def library(name: str = "acme", version: str | None = "1.0.0", provider: str = "pypi") -> Component:
    return Component(Kind.LIBRARY, provider, name, version=version, evidence=[Evidence(Location("r.txt", 1), "x")])


@pytest.fixture
def server() -> Iterator[LocalOSV]:
    with running(LocalOSV()) as found:
        yield found


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_BACKOFF", 0.0)


def asked(source: OSV, *libraries: Component) -> tuple[list[list[str]], list[str], list[bool]]:
    """Return the ids about each library, the diagnostics, and which of them were checked."""
    answers = source.enrich_all(libraries)
    source.close()
    return (
        [[a.id for a in e.advisories] for e in answers],
        [str(d) for e in answers for d in e.diagnostics],
        [bool(e.properties) for e in answers],
    )


# -- the server ------------------------------------------------------------------------------------------


def test_a_notice_of_harmful_code_has_its_weakness_where_openssf_writes_it(server: LocalOSV):
    record = notice("MAL-2026-1", "acme")
    record["affected"][0]["database_specific"] = {"cwes": [{"cweId": "CWE-506", "name": "x"}, {"cweId": 3}, "odd"]}
    server.add(record, "PyPI/acme@1.0.0")
    source = OSV(endpoint=server.url, cache=":memory:")

    (known,) = source.enrich_all([library("Acme")])
    source.close()

    assert ("CWE-506",) == known.advisories[0].cwes


def test_a_notice_is_told_as_it_is_stated(server: LocalOSV):
    vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    record = notice(
        "GHSA-aaaa-bbbb-cccc",
        "acme",
        aliases=["CVE-2026-1"],
        severity=[{"type": "CVSS_V3", "score": vector}, {"type": "CVSS_V4", "score": "CVSS:4.0/AV:N"}],
        references=[{"type": "WEB", "url": "https://acme.example/notice"}, {"type": "WEB", "url": "javascript:x"}],
        database_specific={"severity": "MODERATE", "cwe_ids": ["CWE-502", "x"]},
    )
    server.add(record, "PyPI/acme@1.0.0")
    source = OSV(endpoint=server.url, cache=":memory:")

    (known,) = source.enrich_all([library("Acme")])
    source.close()

    where = known.properties[0][1]
    assert known.advisories == (
        Advisory(
            "GHSA-aaaa-bbbb-cccc",
            where,
            "acme does what it should not",
            aliases=["CVE-2026-1"],
            ratings=[
                Rating("critical", "CVSS", vector, "9.8"),
                Rating("medium", "GHSA"),
                Rating("unknown", "CVSS", "CVSS:4.0/AV:N"),
            ],
            cwes=["CWE-502"],
            published="2026-11-01T10:00:00Z",
            modified="2026-11-20T10:00:00Z",
            ranges=[">=0, <2.0.0"],
            fixed=["2.0.0"],
            references=["https://acme.example/notice"],
        ),
    )
    assert known.advisories[0].severity == "critical"
    assert where.startswith(f"osv:{server.url.removeprefix('http://')}@20")


def test_only_names_and_versions_are_sent(server: LocalOSV):
    asked(
        OSV(endpoint=server.url, cache=":memory:"),
        library("acme"),
        library("com.acme/ai", "2", "maven"),
        library("acme.example/ai", "v1.2.3", "golang"),
        Component(Kind.MODEL, "huggingface", "a/b"),
    )

    assert server.bodies == [
        [
            {"package": {"ecosystem": "Go", "name": "acme.example/ai"}, "version": "1.2.3"},
            {"package": {"ecosystem": "Maven", "name": "com.acme:ai"}, "version": "2"},
            {"package": {"ecosystem": "PyPI", "name": "acme"}, "version": "1.0.0"},
        ]
    ]
    assert "authorization" not in server.headers[0]


def test_every_page_is_asked_for(server: LocalOSV):
    server.page = 2
    for number in range(5):
        server.add(notice(f"X-{number}", "acme"), "PyPI/acme@1.0.0")

    found, problems, _ = asked(OSV(endpoint=server.url, cache=":memory:"), library())

    assert (found, problems) == ([[f"X-{n}" for n in range(5)]], [])


def test_what_was_withdrawn_is_left_out(server: LocalOSV):
    server.add(notice("X-1", "acme", withdrawn="2026-11-02T00:00:00Z"), "PyPI/acme@1.0.0")

    assert asked(OSV(endpoint=server.url, cache=":memory:"), library()) == ([[]], [], [True])


def test_nothing_known_is_not_the_same_as_not_checked(server: LocalOSV):
    source = OSV(endpoint=server.url, cache=":memory:")

    assert asked(source, library("acme"), library("loose", None)) == (
        [[], []],
        ["notices-no-version: loose: no exact version is known"],
        [True, False],
    )


def test_what_is_only_mentioned_is_not_asked_about(server: LocalOSV):
    mention = Component(
        Kind.LIBRARY, "pypi", "acme", version="1", evidence=[Evidence(Location("a", 1), "x", usage=Usage.MENTION)]
    )
    asked(OSV(endpoint=server.url, cache=":memory:"), mention)

    assert server.asked == []


def test_an_answer_is_kept_and_is_enough_offline(server: LocalOSV, tmp_path: Path):
    server.add(notice("X-1", "acme"), "PyPI/acme@1.0.0")
    first = asked(OSV(endpoint=server.url, cache=tmp_path / "c"), library())
    before = list(server.asked)

    again = asked(OSV(endpoint=server.url, cache=tmp_path / "c", offline=True), library())

    assert first == again == ([["X-1"]], [], [True])
    assert server.asked == before


def test_what_the_cache_does_not_know_is_not_asked_offline(server: LocalOSV, tmp_path: Path):
    source = OSV(endpoint=server.url, cache=tmp_path / "c", offline=True)

    assert asked(source, library()) == (
        [[]],
        [f"notices-not-asked: acme 1.0.0: {server.url}: offline, and the cache does not know"],
        [False],
    )
    assert server.asked == []


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ((503, b""), "HTTP 503"),
        ((400, b"{}"), "HTTP 400"),
        ((200, b"no JSON"), "the answer does not fit the questions"),
        ((200, b'{"results": []}'), "the answer does not fit the questions"),
        (
            (200, b'{"results": [{"vulns": [{"id": "X", "modified": "1"}, 3], "next_page_token": "x"}]}'),
            "the list of notices does not end",
        ),
    ],
)
def test_a_failure_is_said_and_nobody_was_checked(server: LocalOSV, fault: tuple[int, bytes], why: str):
    server.faults["/v1/querybatch"] = [fault]

    assert asked(OSV(endpoint=server.url, cache=":memory:"), library()) == (
        [[]],
        [f"notices-not-asked: acme 1.0.0: {server.url}: {why}"],
        [False],
    )


def test_a_server_that_recovers_is_asked_again(server: LocalOSV):
    server.add(notice("X-1", "acme"), "PyPI/acme@1.0.0")
    body = json.dumps({"results": [{"vulns": [{"id": "X-1", "modified": "1"}]}]}).encode()
    server.faults["/v1/querybatch"] = [(503, b""), (200, body)]

    assert asked(OSV(endpoint=server.url, cache=":memory:"), library()) == ([["X-1"]], [], [True])


@pytest.mark.parametrize("fault", [(404, b"{}"), (200, b"[]"), (500, b"")])
def test_a_notice_that_cannot_be_read_leaves_its_library_unchecked(server: LocalOSV, fault: tuple[int, bytes]):
    server.add(notice("X-1", "acme"), "PyPI/acme@1.0.0")
    server.faults["/v1/vulns/X-1"] = [fault]

    assert asked(OSV(endpoint=server.url, cache=":memory:"), library(), library("other")) == (
        [[], []],
        [f"notices-not-asked: acme 1.0.0: {server.url}: a notice could not be read"],
        [False, True],
    )


def test_a_cache_that_cannot_be_opened_is_said(server: LocalOSV, tmp_path: Path):
    (tmp_path / "c").write_bytes(b"no database" * 100)

    found, problems, _ = asked(OSV(endpoint=server.url, cache=tmp_path / "c"), library())

    assert found == [[]]
    assert [p.partition(":")[0] for p in problems] == ["cache-not-used"]


def test_one_component_can_be_asked_about(server: LocalOSV):
    server.add(notice("X-1", "acme"), "PyPI/acme@1.0.0")
    source = OSV(endpoint=server.url, cache=":memory:")

    assert [a.id for a in source.enrich(library()).advisories] == ["X-1"]
    source.close()


# -- a dump ----------------------------------------------------------------------------------------------


def zipped(path: Path, *records: dict[str, Any] | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for number, record in enumerate(records):
            body = record if isinstance(record, bytes) else json.dumps(record).encode()
            archive.writestr(f"{number}.json", body)
        archive.writestr("readme.txt", "x")
    return path


def test_a_dump_is_matched_by_name_and_version(tmp_path: Path):
    dump = zipped(
        tmp_path / "all.zip",
        notice("X-1", "Acme"),
        notice("X-2", "acme", fixed="0.9"),
        notice("X-3", "other"),
        notice("X-4", "acme", withdrawn="2026-01-01T00:00:00Z"),
        notice("X-5", "acme", ecosystem="npm"),
    )
    (known,) = OSV(dump=dump).enrich_all([library()])

    assert [a.id for a in known.advisories] == ["X-1"]
    assert known.properties == (("notices-checked", "osv:dump@2026-11-20"),)


def test_a_dump_may_be_a_folder_of_zips_and_records(tmp_path: Path):
    zipped(tmp_path / "PyPI" / "all.zip", notice("X-1", "acme"))
    (tmp_path / "npm").mkdir()
    (tmp_path / "npm" / "X-2.json").write_text(json.dumps(notice("X-2", "@acme/ai", ecosystem="npm")))

    assert asked(OSV(dump=tmp_path), library(), library("@acme/ai", "1.0.0-rc.1", "npm")) == (
        [["X-1"], ["X-2"]],
        [],
        [True, True],
    )


def test_an_ecosystem_that_a_dump_lacks_was_not_asked(tmp_path: Path):
    dump = zipped(tmp_path / "all.zip", notice("X-1", "acme"))

    assert asked(OSV(dump=dump), library("acme", "1.0.0", "cargo")) == (
        [[]],
        ["notices-not-asked: acme 1.0.0: the dump has no records of crates.io"],
        [False],
    )


def test_versions_without_an_order_are_said_and_not_guessed(tmp_path: Path):
    record = notice("X-1", "com.acme:ai", ecosystem="Maven")
    dump = zipped(tmp_path / "all.zip", record)
    libraries = [library("com.acme/ai", v, "maven") for v in ("1.0-alpha-1", "1.9", "2.0")]

    assert asked(OSV(dump=dump), *libraries) == (
        [[], ["X-1"], []],
        ["notices-undecided: com.acme:ai 1.0-alpha-1: X-1 may be about it"],
        [False, True, True],
    )


def test_a_broken_part_of_a_dump_leaves_what_is_found_and_nobody_checked(tmp_path: Path):
    zipped(tmp_path / "a.zip", notice("X-1", "acme"), b'{"name": "acme"')
    (tmp_path / "b.zip").write_bytes(b"PK no zip")

    assert asked(OSV(dump=tmp_path), library()) == (
        [["X-1"]],
        ["notices-not-asked: 1.json, b.zip: a part of the dump could not be read"],
        [False],
    )


def test_a_record_that_is_far_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("aibom.enrichers.osv._LARGEST", 1000)
    zipped(tmp_path / "a.zip", notice("X-1", "acme"), b" " * 2000)
    (tmp_path / "c.json").write_bytes(b" " * 2000)

    found, problems, _ = asked(OSV(dump=tmp_path), library())

    assert (found, problems) == (
        [["X-1"]],
        ["notices-not-asked: a.zip/1.json, c.json: a part of the dump could not be read"],
    )


def test_a_name_with_an_escape_is_found(tmp_path: Path):
    body = json.dumps(notice("X-1", "acme")).replace('"acme"', '"\\u0061cme"').encode()

    assert asked(OSV(dump=zipped(tmp_path / "a.zip", body)), library()) == ([["X-1"]], [], [True])


@pytest.mark.parametrize(
    "affected",
    [None, [3], [{"package": 3}], [{"package": {"ecosystem": "PyPI", "name": 3}}], [{"package": {"name": "acme"}}]],
)
def test_a_record_of_another_form_is_passed_over(tmp_path: Path, affected: object):
    record = {**notice("X-1", "acme"), "affected": affected, "credits": [{"name": "acme"}]}

    assert asked(OSV(dump=zipped(tmp_path / "a.zip", notice("X-2", "other"), record)), library()) == ([[]], [], [True])


def test_a_dump_without_libraries_is_not_read(tmp_path: Path):
    (tmp_path / "b.zip").write_bytes(b"no zip")

    assert asked(OSV(dump=tmp_path), Component(Kind.MODEL, "huggingface", "a/b")) == ([[]], [], [False])


def test_a_dump_that_is_not_there_is_the_callers_mistake(tmp_path: Path):
    with pytest.raises(TargetError, match=r"there is no dump 'x\.zip'"):
        OSV(dump=tmp_path / "x.zip")


# -- versions --------------------------------------------------------------------------------------------


def about(*events: dict[str, str], kind: str = "ECOSYSTEM", **more: object) -> dict[str, Any]:
    return {"ranges": [{"type": kind, "events": list(events)}], **more}


@pytest.mark.parametrize(
    ("affected", "ecosystem", "version", "expected"),
    [
        (about({"introduced": "1.0"}, {"last_affected": "1.5"}), "PyPI", "1.5", True),
        (about({"introduced": "1.0"}, {"last_affected": "1.5"}), "PyPI", "1.5.post1", False),
        (about({"introduced": "1.0"}), "PyPI", "0.9", False),
        (about({"fixed": "1.0"}, {"introduced": "0"}, {"introduced": "2.0"}, {"fixed": "2.1"}), "PyPI", "1.5", False),
        (about({"fixed": "1.0"}, {"introduced": "0"}, {"introduced": "2.0"}, {"fixed": "2.1"}), "PyPI", "2.0", True),
        (about({"introduced": "0"}, {"limit": "1.0"}), "PyPI", "1.0", False),
        (about({"introduced": "0"}, {"limit": "*"}), "PyPI", "1.0", True),
        (about({"introduced": "0"}), "PyPI", "nightly", True),
        (about({"introduced": "0"}, {"fixed": "soon"}), "PyPI", "1.0", None),
        (about({"introduced": "0"}, {"fixed": "1.0.0"}, kind="SEMVER"), "npm", "1.0.0-rc.1", True),
        (about({"introduced": "0"}, {"fixed": "1.0.0-rc.10"}, kind="SEMVER"), "npm", "1.0.0-rc.9", True),
        (about({"introduced": "0"}, {"fixed": "1.0.0-rc.10"}, kind="SEMVER"), "npm", "1.0.0-rc.x", False),
        (about({"introduced": "0"}, {"fixed": "1.0.0"}, kind="SEMVER"), "npm", "1.0", None),
        (about({"introduced": "0"}, {"fixed": "abc"}, kind="GIT"), "PyPI", "1.0", None),
        (about({"introduced": "0"}, {"fixed": "abc"}, kind="GIT", versions=["0.9"]), "PyPI", "1.0", False),
        ({"versions": ["1.0.0"]}, "PyPI", "1.0", True),
        ({"versions": ["1.0.RELEASE"]}, "Maven", "1.0.RELEASE", True),
        ({}, "PyPI", "1.0", None),
        ({"ranges": [3], "versions": 3}, "PyPI", "1.0", None),
        (about({"introduced": "0"}, {"fixed": "1." + "0" * 300}), "PyPI", "1.0", None),
    ],
)
def test_versions(affected: dict[str, Any], ecosystem: str, version: str, expected: bool | None):
    assert _is_affected(affected, ecosystem, version) is expected


_numbers = st.lists(st.integers(0, 12), min_size=1, max_size=4)
_pep440 = st.builds(
    lambda numbers, end: ".".join(map(str, numbers)) + end,
    _numbers,
    st.sampled_from(["", "a1", "rc2", ".post1", ".dev3"]),
)


@given(_pep440.filter(lambda v: v != "0"), _pep440, _pep440)
def test_a_version_of_pypi_is_meant_when_it_lies_in_the_range(low: str, high: str, version: str):
    expected = Version(low) <= Version(version) < Version(high)

    assert _is_affected(about({"fixed": high}, {"introduced": low}), "PyPI", version) is (
        expected or (Version(high) <= Version(low) <= Version(version))
    )


@given(
    st.permutations([("introduced", "1.0.0"), ("fixed", "1.2.0"), ("introduced", "2.0.0"), ("fixed", "2.1.0")]),
    st.data(),
)
def test_the_order_in_which_events_are_stated_does_not_matter(events: list[tuple[str, str]], data: st.DataObject):
    major, minor = data.draw(st.integers(0, 3)), data.draw(st.integers(0, 3))
    expected = (major == 1 and minor < 2) or (major == 2 and minor < 1)

    affected = about(*({word: version} for word, version in events), kind="SEMVER")
    assert _is_affected(affected, "npm", f"{major}.{minor}.0") is expected


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["PyPI", "npm", "Maven", "Go"]))
def test_no_version_breaks_it(version: str, fixed: str, ecosystem: str):
    assert _is_affected(about({"introduced": "0"}, {"fixed": fixed}), ecosystem, version) in {True, False, None}


# -- together --------------------------------------------------------------------------------------------


def test_notices_are_asked_for_when_somebody_wants_them(tmp_path: Path):
    dump = zipped(tmp_path / "all.zip", notice("X-1", "acme"))
    bill = Bill([library()])

    with_, without = (
        enrich(bill, plugins=False, offline=True, cache=tmp_path / "c", notices=notices) for notices in (dump, False)
    )

    assert [[a.id for a in b.libraries[0].advisories] for b in (with_, without)] == [["X-1"], []]
    assert "osv" in {e.name for e in builtin(offline=True, cache=tmp_path / "c", notices=True)}
    assert "osv" not in {e.name for e in builtin(offline=True, cache=tmp_path / "c")}
