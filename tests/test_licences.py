"""A licence is known by whatever name it is stated, and what is not known is never taken for permissive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cyclonedx.spdx import is_supported_id

from aibom.bill import Bill, Component, Fact, Kind
from aibom.cyclonedx import to_json, validate
from aibom.knowledge import rows
from aibom.licences import CLASSES, OBLIGATIONS, Commercial, combined, of_text, terms

KEYS = [
    *("apache-2.0", "mit", "openrail", "bigscience-openrail-m", "creativeml-openrail-m"),
    *("bigscience-bloom-rail-1.0", "bigcode-openrail-m", "afl-3.0", "artistic-2.0", "bsl-1.0"),
    *("bsd", "bsd-2-clause", "bsd-3-clause", "bsd-3-clause-clear", "c-uda"),
    *("cc", "cc0-1.0", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0"),
    *("cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-2.0", "cc-by-nc-3.0"),
    *("cc-by-nc-4.0", "cc-by-nd-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0"),
    *("cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cdla-sharing-1.0", "cdla-permissive-1.0", "cdla-permissive-2.0"),
    *("wtfpl", "ecl-2.0", "epl-1.0", "epl-2.0", "etalab-2.0"),
    *("eupl-1.1", "eupl-1.2", "agpl-3.0", "gfdl", "gpl"),
    *("gpl-2.0", "gpl-3.0", "lgpl", "lgpl-2.1", "lgpl-3.0"),
    *("isc", "h-research", "intel-research", "lppl-1.3c", "ms-pl"),
    *("apple-ascl", "apple-amlr", "mpl-2.0", "odc-by", "odbl"),
    *("openmdw-1.0", "openmdw-1.1", "openrail++", "osl-3.0", "postgresql"),
    *("ofl-1.1", "ncsa", "unlicense", "zlib", "pddl"),
    *("lgpl-lr", "deepfloyd-if-license", "fair-noncommercial-research-license", "llama2", "llama3"),
    *("llama3.1", "llama3.2", "llama3.3", "llama4", "grok2-community"),
    *("gemma", "unknown", "other"),
]
"""The Hub's list of 2026-08-22."""


def test_every_key_of_the_hub_is_known():
    found = {key: terms(key) for key in KEYS}

    assert 83 == len(found)
    assert [] == [key for key, t in found.items() if not t.source]
    counts = {c: sum(t.commercial is c for t in found.values()) for c in Commercial}
    assert {Commercial.YES: 49, Commercial.CONDITIONAL: 18, Commercial.UNKNOWN: 3, Commercial.NO: 13} == counts


GOLD = Path(__file__).parent / "data" / "hub_licences.json"


def test_each_key_of_the_hub_means_what_was_read_in_its_text(*, regold: bool):
    """`pytest --regold` writes the table anew; it was compared with the clauses by hand, key by key."""
    actual = {
        key: [t.spdx, t.kind, str(t.commercial), *t.obligations] for key, t in ((k, terms(k)) for k in sorted(KEYS))
    }

    if regold:
        text = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in actual.items())
        GOLD.write_text("{\n" + text + "\n}\n", encoding="utf-8")
    assert json.loads(GOLD.read_text("utf-8")) == actual


# The traps, of which each has misled a tool.
@pytest.mark.parametrize(
    ("stated", "spdx", "kind"),
    [
        ("cc", "LicenseRef-hub-cc", "unknown"),  # Families have no id, and a family says no version.
        ("gpl", "LicenseRef-hub-gpl", "copyleft"),
        ("lgpl", "LicenseRef-hub-lgpl", "weak-copyleft"),
        ("bsd", "LicenseRef-hub-bsd", "permissive"),
        ("openrail", "LicenseRef-hub-openrail", "use-restricted"),
        ("bsl-1.0", "BSL-1.0", "permissive"),  # Boost, and not the Business Source License.
        ("gpl-3.0", "GPL-3.0", "copyleft"),  # "Only" or "or later" is left open: no OR, which would offer a choice.
        ("odc-by", "ODC-By-1.0", "permissive"),  # Keys that lack the version which the id has.
        ("odbl", "ODbL-1.0", "copyleft"),
        ("pddl", "PDDL-1.0", "public-domain"),
        ("c-uda", "C-UDA-1.0", "use-restricted"),
        ("openrail++", "LicenseRef-hub-openrail-plus-plus", "use-restricted"),  # A plus is no letter of an id.
        ("llama3.1", "LicenseRef-scancode-llama-3.1-license-2024", "use-restricted"),  # No id of the SPDX list.
        ("unknown", "NOASSERTION", "unknown"),
        ("other", "LicenseRef-hub-other", "unknown"),
    ],
)
def test_a_trap_of_licence_names_is_not_walked_into(stated: str, spdx: str, kind: str):
    assert (spdx, kind) == (terms(stated).spdx, terms(stated).kind)


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
def test_each_key_of_the_hub_gives_a_valid_document(version: str):
    """A key such as llama3.1 in license.id fails by the schema; LicenseRef-… and NOASSERTION pass as an expression."""
    models = [
        Component(Kind.MODEL, "huggingface", f"a/m{n:02}", licences=[Fact(key, "hub:model_info:cardData")])
        for n, key in enumerate(KEYS)
    ]
    text = to_json(Bill(models), mentions=True, spec_version=version)
    stated = [each for c in json.loads(text)["components"] for each in c["licenses"]]

    assert [] == [str(p) for p in validate(text)]
    assert 83 == len(stated)
    assert [] == [e for e in stated if not is_supported_id(e.get("license", {}).get("id", "MIT"))]
    assert [] == [e for e in stated if "NOASSERTION" in str(e)]


def test_the_words_of_the_table_are_those_that_are_explained():
    table = rows("licences")

    assert set() == {row["class"] for row in table} - set(CLASSES)
    assert set() == {o.partition(":")[0] for r in table for o in r["obligations"].split("|") if o} - set(OBLIGATIONS)
    assert {"high", "medium", "low"} == {row["confidence"] for row in table}
    assert [] == [r["key"] for r in table if (r["commercial"] == "yes") != (not r["clause"])]


def test_no_spelling_means_two_licences():
    names = [n for r in rows("licences") for n in {r["key"], *filter(None, r["names"].split("|"))}]

    assert sorted(set(names)) == sorted(names)


def test_every_text_belongs_to_a_licence_of_the_table():
    assert set() == {row["key"] for row in rows("licence_texts")} - {row["key"] for row in rows("licences")}


@pytest.mark.parametrize(
    ("stated", "spdx"),
    [
        ("Apache 2.0", "Apache-2.0"),
        ("apache2", "Apache-2.0"),
        ("Apache-2.0 License", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("APACHE_2.0", "Apache-2.0"),
        ("MIT License", "MIT"),
        ("The MIT License", "MIT"),
        ("license:mit", "MIT"),
        ("BSD 3-Clause License", "BSD-3-Clause"),
        ("New BSD License", "BSD-3-Clause"),
        ("bsd-3", "BSD-3-Clause"),
        ("Simplified BSD", "BSD-2-Clause"),
        ("bsd", "LicenseRef-hub-bsd"),
        ("GPLv3", "GPL-3.0"),
        ("GNU GPLv3", "GPL-3.0"),
        ("gpl-3.0-or-later", "GPL-3.0-or-later"),
        ("GPL-2.0-only", "GPL-2.0-only"),
        ("AGPL", "AGPL-3.0"),
        ("gpl", "LicenseRef-hub-gpl"),
        ("bsl-1.0", "BSL-1.0"),
        ("BUSL-1.1", "BUSL-1.1"),
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc by-nc-sa 4.0", "CC-BY-NC-SA-4.0"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("CC0", "CC0-1.0"),
        ("CC-BY-NC-SA-2.5", "CC-BY-NC-SA-2.5"),
        ("CC-BY-ND-3.0", "CC-BY-ND-3.0"),
        ("cc", "LicenseRef-hub-cc"),
        ("odc-by", "ODC-By-1.0"),
        ("Open Database License", "ODbL-1.0"),
        ("openrail++", "LicenseRef-hub-openrail-plus-plus"),
        ("openrail++-m", "LicenseRef-hub-openrail-plus-plus"),
        ("Llama 2 Community License Agreement", "LicenseRef-scancode-llama-2-license-2023"),
        ("llama-3.1", "LicenseRef-scancode-llama-3.1-license-2024"),
        ("Llama 3.3 Community License", "LicenseRef-scancode-llama-3.3-license-2024"),
        ("Gemma Terms of Use", "LicenseRef-scancode-gemma-tou-2024-04-01"),
        ("tongyi-qianwen-license-agreement", "LicenseRef-scancode-tongyi-qianwen-2023"),
        ("Qwen-Research", "LicenseRef-hub-qwen-research"),
        ("flux-1-dev-non-commercial-license", "LicenseRef-scancode-flux-1-nc"),
        ("MRL", "LicenseRef-hub-mistral-ai-research-license"),
        ("nvidia-open-model-license", "LicenseRef-scancode-nvidia-open-model-2025-04-28"),
        ("LicenseRef-scancode-llama-4-cla-2025", "LicenseRef-scancode-llama-4-cla-2025"),
        ("unknown", "NOASSERTION"),
        ("our house licence", "LicenseRef-hub-our-house-licence"),
        ("🤷", "NOASSERTION"),
        ("apache-2.0 or mit", "Apache-2.0 OR MIT"),
        ("(MIT AND CC-BY-4.0) OR Apache-2.0", "(MIT AND CC-BY-4.0) OR Apache-2.0"),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ("mit AND our-own", "LicenseRef-hub-mit-AND-our-own"),
        ("mit AND", "LicenseRef-hub-mit-AND"),
    ],
)
def test_a_spelling_means_a_licence(stated: str, spdx: str):
    assert spdx == terms(stated).spdx


@pytest.mark.parametrize("stated", ["our house licence", "mit AND our-own", "🤷", "", "x" * 1000, "cc", "BUSL-1.1"])
def test_what_is_not_known_allows_nothing(stated: str):
    assert (Commercial.UNKNOWN, "unknown") == (terms(stated).commercial, terms(stated).kind)


def test_an_or_is_a_choice_and_an_and_is_none():
    choice, both = terms("MIT OR CC-BY-NC-4.0"), terms("MIT AND CC-BY-NC-4.0")

    assert (Commercial.YES, "permissive") == (choice.commercial, choice.kind)
    assert (Commercial.NO, "non-commercial") == (both.commercial, both.kind)


def test_gpl_with_no_version_of_its_own_offers_no_choice():
    assert ("GPL-3.0", "copyleft") == (terms("gpl-3.0").spdx, terms("gpl-3.0").kind)
    assert "OR" not in terms("gpl-3.0").spdx


def test_several_licences_ask_all_that_each_asks():
    found = combined([terms("llama3.1"), terms("cc-by-sa-4.0"), terms("mit OR apache-2.0")])

    assert (
        "attribution",
        "share-alike",
        "flow-down",
        "use-restrictions",
        "user-threshold",
        "output-naming",
        "naming:Llama",
    ) == found.obligations
    assert "LicenseRef-scancode-llama-3.1-license-2024 AND CC-BY-SA-4.0 AND (MIT OR Apache-2.0)" == found.spdx
    assert found == combined([found])


MIT = """Copyright (c) 2026 Somebody

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction ...
The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software."""
BSD2 = """Redistributions of source code must retain the above copyright notice, this list of conditions.
Redistributions in binary form must reproduce the above copyright notice"""
BSD3 = (
    BSD2
    + """
Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products
derived from this software without specific prior written permission."""
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (MIT, "mit"),
        (BSD2, "bsd-2-clause"),
        (BSD3, "bsd-3-clause"),
        ("Attribution 4.0 International\\n Creative Commons Attribution 4.0 International Public License", "cc-by-4.0"),
        (
            """Attribution-NonCommercial 4.0 International
            Creative Commons Attribution-NonCommercial 4.0 International Public License""",
            "cc-by-nc-4.0",
        ),
        ("LLAMA 3.1 COMMUNITY LICENSE AGREEMENT Llama 3.1 Version ... the Llama Materials", "llama3.1"),
        ("Gemma Terms of Use ... Model Derivatives", "gemma"),
        (MIT + BSD3, None),
        ("licensed under the Apache License, Version 2.0", None),
        ("This project is MIT licensed.", None),
        ("", None),
    ],
)
def test_a_text_is_told_by_phrases_that_it_alone_has(text: str, key: str | None):
    assert key == of_text(text)
