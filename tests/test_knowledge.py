"""The tables say what their headers promise, and nothing that code would trip over."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import aibom.knowledge
from aibom.bill import Kind
from aibom.detectors import builtin
from aibom.errors import PluginError
from aibom.knowledge import (
    CATEGORIES,
    LANGUAGES,
    REGISTRIES,
    Package,
    Threat,
    agent_calls,
    atlas,
    commands,
    constants,
    harmful_tools,
    hosted_models,
    hub_licences,
    images,
    implicit,
    legacy_names,
    owners,
    packages,
    parse_signatures,
    read_slot,
    rows,
    services,
    signatures,
    threats,
    value_calls,
)
from aibom.names import read_name, read_own
from aibom.protocols import SignatureDetector
from aibom.rules import builtin as builtin_rules
from aibom.syntax import matches

FOLDER = Path(aibom.knowledge.__file__).parent
TABLES = sorted(path.stem for path in FOLDER.glob("*.tsv"))
CALLS = ["detector", "callee", "kind", "provider", "id", "revision", "context", "flags"]
COLUMNS = {
    "agents": ["what", "callee", "provider", "name", "parts"],
    "atlas": ["id", "name", "kind", "release"],
    "commands": [
        *("program", "words", "id", "kind", "provider", "read", "revision", "files", "context", "switches", "source"),
    ],
    "hosted_models": [
        *("provider", "name", "family", "context", "inputs", "outputs", "deprecated", "shutdown", "successor"),
        *("source", "known"),
    ],
    "harmful_tools": ["harm", "callee", "source"],
    "hub_licences": ["key", "spdx", "url"],
    "headings": ["field", "language", "words"],
    "images": ["image", "category", "program", "source"],
    **dict.fromkeys((*LANGUAGES, "signatures"), CALLS),
    "constants": ["constant", "id", "source"],
    "implicit": ["callee", "argument", "when", "provider", "id", "revision", "library", "source"],
    "elements": ["standard", "cluster", "element", "key", "probe", "where", "fill"],
    "licence_texts": ["key", "head", "phrases"],
    "licences": [
        *("key", "name", "spdx", "names", "class", "commercial", "clause", "obligations", "confidence", "source"),
    ],
    "legacy": ["kind", "name", "canonical"],
    "owners": ["owner", "elsewhere"],
    "packages": ["ecosystem", "name", "category", "imports", "provider", "note"],
    "services": [
        *("provider", "title", "organisation", "endpoint", "external", "hosts", "prefixes", "variables", "models"),
        *("authenticated", "source"),
    ],
    "pickle_globals": ["module", "name", "verdict", "why", "source"],
    "signatures": ["detector", "callee", "kind", "provider", "id", "revision", "context", "flags"],
    "stores": ["provider", "callee", "address", "unless"],
    "threats": [
        *("fact", "rules", "relation", "atlas", "llm2025", "llm2026", "agentic2026", "cwe", "mapped", "advice"),
        *("rationale", "must_not_say", "open"),
    ],
    "values": ["callee", "gives", "argument"],
}
HEADER = "\t".join(COLUMNS["signatures"]) + "\n"
DOTTED = re.compile(r"(?:\*?[A-Za-z_]\w*\*?|\*)(?:\(\))?")
NPM = re.compile(r"npm:(?:@[\w-]+/)?[\w*-]+(?:\(\))?")
"""A package of JavaScript, the root of what its code calls."""
PACKAGE = re.compile(r"(?:java|go|rust|dotnet|php):[A-Za-z_][\w-]*|[\w/-]+")
"""A part of the dotted name of a package of Java, Go, Rust, .NET or PHP; those of Go are paths."""


def lines(table: str) -> list[str]:
    """Return the lines of a table."""
    return (FOLDER / f"{table}.tsv").read_text("utf-8").split("\n")


# -- every table -----------------------------------------------------------------------------------


def test_every_table_is_tested():
    assert sorted(COLUMNS) == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_columns(table: str):
    assert COLUMNS[table] == next(line for line in lines(table) if not line.startswith("#")).split("\t")


@pytest.mark.parametrize("table", TABLES)
def test_a_table_says_what_it_is_and_where_and_when_it_comes_from(table: str):
    head = [line for line in lines(table) if line.startswith("#")]

    assert re.fullmatch(r"# [A-Z].+[.:].*", head[0])
    assert 1 == sum(bool(re.fullmatch(r"# Source: .+ Date: 20\d\d-[01]\d-[0-3]\d\.", line)) for line in head)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_neat_rows(table: str):
    text = (FOLDER / f"{table}.tsv").read_bytes().decode("utf-8")
    cells = [cell for row in rows(table) for cell in row.values()]

    assert text.endswith("\n")
    assert "\r" not in text
    assert "\n\n" not in text
    assert [] == [c for c in cells if c != c.strip() or not c.isprintable()]
    assert [] == [c for c in cells if "||" in c or c.startswith("|") or c.endswith("|")]


@pytest.mark.parametrize("table", TABLES)
def test_no_row_stands_twice(table: str):
    every = [tuple(row.values()) for row in rows(table)]

    assert [] == sorted({row for row in every if every.count(row) > 1})


# -- hosted models ---------------------------------------------------------------------------------


def test_hosted_models_are_sorted_and_there_once():
    keys = [(row["provider"], row["name"]) for row in rows("hosted_models")]

    assert sorted(set(keys)) == keys


def test_what_is_said_of_hosted_models_is_of_the_right_form():
    day = re.compile(r"20\d\d-[01]\d-[0-3]\d")
    modalities = {"text", "image", "audio", "video", "pdf", "embedding", "scores"}

    for model in hosted_models():
        assert model.provider in services()
        assert re.fullmatch(r"\d*", model.context)
        assert modalities >= {*model.inputs, *model.outputs}
        assert all(day.fullmatch(d) for d in (model.deprecated, model.shutdown) if d)
        assert day.fullmatch(model.known)
        assert not model.shutdown or model.deprecated <= model.shutdown <= model.known
        assert re.fullmatch(r"https://[^\s]+", model.source)


# -- packages --------------------------------------------------------------------------------------


FEWEST = {
    "pypi": 250,
    "npm": 50,
    "maven": 50,
    "nuget": 40,
    "cargo": 40,
    "golang": 30,
    "gem": 30,
    "composer": 15,
    "conda": 10,
    "cran": 20,
    "hex": 10,
    "jsr": 1,
    "julia": 5,
    "pub": 10,
}


def test_there_are_packages_of_every_registry_in_number():
    ecosystems = Counter(p.ecosystem for p in packages())

    assert set(FEWEST) == set(ecosystems)
    assert [] == [name for name, count in FEWEST.items() if ecosystems[name] < count]


def test_packages_are_sorted_and_there_once():
    keys = [(row["ecosystem"], row["name"]) for row in rows("packages")]

    assert sorted(set(keys)) == keys


def test_every_package_is_for_something():
    assert set(CATEGORIES) >= {p.category for p in packages()}
    assert [] == [p.name for p in packages() if not p.note]


def test_every_category_has_a_package():
    assert set() == CATEGORIES - {p.category for p in packages()}


def test_the_names_are_as_their_registries_write_them():
    pypi = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(-?\*)?")
    npm = re.compile(r"(@[a-z0-9][a-z0-9._-]*/)?([a-z0-9][a-z0-9._-]*\*?|\*)")
    forms = {
        "pypi": pypi,
        "npm": npm,
        "jsr": npm,
        "maven": re.compile(r"[a-z0-9][\w.-]*/([a-z][\w.-]*\*?|\*)"),
        "golang": re.compile(r"[a-z]+(\.[a-z]+)+(/[\w.-]+)+(/\*)?(?<!/v[2-9])"),
        "composer": re.compile(r"[a-z0-9-]+/[a-z0-9-]+"),
        "pub": re.compile(r"[a-z0-9_]+\*?"),
    }
    plain = re.compile(r"[A-Za-z][\w.-]*\*?")

    assert [] == [p.name for p in packages() if not forms.get(p.ecosystem, plain).fullmatch(p.name)]


def test_the_imports_of_python_packages_are_dotted_names():
    wrong = [
        (p.name, i)
        for p in packages()
        if p.ecosystem == "pypi"
        for i in p.imports
        if not all(part.isidentifier() for part in i.split("."))
    ]

    assert [] == wrong


def test_the_provider_of_a_package_is_a_service():
    assert [] == [(p.name, p.provider) for p in packages() if p.provider and p.provider not in services()]


@pytest.mark.parametrize(
    ("ecosystem", "name", "category"),
    [
        ("pypi", "torch", "framework"),
        ("pypi", "transformers", "model-library"),
        ("pypi", "openai", "sdk"),
        ("npm", "openai", "sdk"),
        ("npm", "@ai-sdk/openai", "sdk"),
        ("maven", "dev.langchain4j/langchain4j-open-ai", "sdk"),
        ("maven", "ml.dmlc/xgboost4j-spark_2.13", "framework"),
        ("golang", "github.com/openai/openai-go/v3", "sdk"),
        ("golang", "github.com/azure/azure-sdk-for-go/sdk/ai/azopenai", "sdk"),
        ("cargo", "async_openai", "sdk"),
        ("nuget", "openai", "sdk"),
        ("nuget", "Microsoft.ML.OnnxRuntime.Gpu", "inference"),
        ("conda", "pytorch", "framework"),
        ("conda", "huggingface_hub", "data"),
        ("pypi", "chromadb", "vector-store"),
    ],
)
def test_what_everybody_uses_is_there(ecosystem: str, name: str, category: str):
    package = packages().get(ecosystem, name)

    assert package is not None
    assert category == package.category


OTHERS = [("npm", "react"), ("cargo", "openai"), ("conda", "numpy"), ("golang", "github.com/openai")]


@pytest.mark.parametrize(
    ("ecosystem", "name"),
    [
        *(("pypi", n) for n in ("numpy", "requests", "boto3", "fastapi", "")),
        ("npm", "react"),
        ("cargo", "openai"),
        ("conda", "numpy"),
    ],
)
def test_what_is_for_general_purposes_is_not(ecosystem: str, name: str):
    assert packages().get(ecosystem, name) is None


def test_the_row_of_a_full_name_wins_over_the_one_of_its_family():
    family = packages().get("npm", "@ai-sdk/of-tomorrow")

    assert family is not None
    assert "@ai-sdk/*" == family.name
    assert Package(
        "npm", "@ai-sdk/openai", "sdk", ("@ai-sdk/openai",), "openai", "AI SDK with OpenAI models"
    ) == packages().get("npm", "@ai-sdk/openai")
    assert packages().get("pypi", "@ai-sdk/of-tomorrow") is None


# -- agents ----------------------------------------------------------------------------------------


def test_a_call_that_makes_an_agent_is_there_once_for_each_thing_that_it_makes():
    keys = [(row["what"], row["callee"]) for row in rows("agents")]

    assert sorted(set(keys)) == sorted(keys)
    assert {
        *("agent", "asker", "team", "tool", "decorator", "class", "server", "client", "clients"),
    } == {what for what, _ in keys}
    assert [] == [
        c
        for _, whole in keys
        for c in [whole.rpartition("|")[2]]
        for n, part in enumerate(c.split("."))
        if not re.match("(?:java|dotnet|go|rust):", whole)
        and part != "**"
        and not (DOTTED if n or not c.startswith("npm:") else NPM).fullmatch(part)
        and not (n and re.fullmatch(r"[\w/-]+", part))
    ]


def test_what_makes_an_agent_in_other_languages_ends_with_a_name_and_says_its_package():
    others = [row["callee"] for row in rows("agents") if re.match("(?:java|dotnet|go|rust):", row["callee"])]

    assert {"java", "dotnet", "go", "rust"} == {c.partition(":")[0] for c in others}
    assert [] == [c for c in others if not re.fullmatch(r"\w+", c.rpartition(".")[2])]
    assert [] == [c for c in others if not re.match(r"\w+:(?:\||[\w./-]{3,})", c)]


def test_agents_are_found_by_the_last_part_of_the_call():
    assert sum(map(len, agent_calls().values())) == len(rows("agents"))
    assert [] == [r for last, calls in agent_calls().items() for r in calls if not r.callee.endswith(f".{last}")]


# -- services --------------------------------------------------------------------------------------


def test_a_harmful_tool_has_a_package_and_a_sort_that_a_threat_knows():
    facts = {row["fact"] for row in rows("threats")}

    assert {"code", "data", "outside", "shell"} == {harm for _, harm in harmful_tools()}
    assert all(f"agent.tool.dangerous.{harm}" in facts for _, harm in harmful_tools())
    assert all("." in callee and not callee.startswith("*") for callee, _ in harmful_tools())


def test_services_are_there_once_with_keys_that_fit_a_ref():
    keys = [row["provider"] for row in rows("services")]

    assert sorted(set(keys)) == sorted(keys)
    assert [] == [key for key in keys if not re.fullmatch(r"[a-z0-9-]+", key)]
    assert not {"local", "unknown", "pypi", "npm"} & set(keys)


def test_an_endpoint_is_an_address_without_secrets():
    endpoints = [s.endpoint for s in services().values() if s.endpoint]

    assert [] == [e for e in endpoints if not re.fullmatch(r"https://[a-z0-9.-]+(/[a-z0-9./-]*[a-z0-9])?", e)]


def test_external_is_yes_or_no():
    assert {"yes", "no"} == {row["external"] for row in rows("services")}


def test_no_two_services_share_a_host_or_a_prefix():
    hosts = [host for s in services().values() for host in s.hosts]
    prefixes = [prefix for s in services().values() for prefix in s.prefixes]

    assert sorted(set(hosts)) == sorted(hosts)
    assert sorted(set(prefixes)) == sorted(prefixes)
    assert [] == [h for h in hosts if not re.fullmatch(r"[a-z0-9.*-]+\.[a-z]+", h)]
    assert [] == [p for p in prefixes if not re.fullmatch(r"[a-z0-9_-]+", p)]


def test_a_variable_belongs_to_one_service():
    names = [name for s in services().values() for name in s.variables]

    assert sorted(set(names)) == sorted(names)
    assert [] == [n for n in names if not re.fullmatch(r"[A-Z][A-Z0-9_]+", n)]


def test_who_runs_a_service_is_said_where_it_is_not_whoever_uses_it():
    assert {s.provider for s in services().values() if s.external} == {
        s.provider for s in services().values() if s.organisation
    }
    assert {"yes", ""} == {row["authenticated"] for row in rows("services")}
    assert not any(s.authenticated and not s.external for s in services().values())


def test_every_service_has_a_title_and_a_source():
    assert [] == [s.provider for s in services().values() if not (s.title and s.source)]


# -- signatures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("detector", sorted({s.detector for s in signatures()}))
def test_every_signature_belongs_to_a_detector_of_aibom(detector: str):
    assert detector in {d.name for d in builtin()}


def test_every_detector_that_is_a_table_has_all_of_its_rows():
    for detector in builtin():
        if isinstance(detector, SignatureDetector):
            assert tuple(s for s in signatures() if s.detector == detector.name) == detector.table


def test_every_callee_is_a_pattern_of_dotted_names():
    wrong = [
        s.callee
        for s in signatures()
        if not all(
            part in {"?", "**"} or DOTTED.fullmatch(part) or NPM.fullmatch(part) or PACKAGE.fullmatch(part)
            for part in s.callee.split(".")
        )
        or "?" in s.callee[1:]
        or not matches(s.callee, s.callee.replace("**", "x").replace("*", "x"))
    ]

    assert [] == wrong


def test_no_call_is_said_to_name_the_same_thing_twice():
    keys = [(s.callee, s.kind, s.id, s.option("callee")) for s in signatures()]

    assert [] == sorted({str(key) for key in keys if keys.count(key) > 1})


def test_every_provider_of_a_signature_is_a_service_or_known_not_to_be_one():
    assert set() == {s.provider for s in signatures()} - {*services(), *REGISTRIES, "unknown"}


def test_what_is_hosted_has_a_service_or_says_where_to_look():
    wrong = [
        s.callee for s in signatures() if "hosted" in s.flags and s.provider == "unknown" and "prefix" not in s.flags
    ]

    assert [] == wrong


def test_where_the_receiver_is_not_known_the_name_must_speak_for_itself():
    guesses = [s for s in signatures() if s.callee.startswith("?")]

    assert guesses
    assert [] == [s.callee for s in guesses if not s.flags & {"id-shape", "family"}]


def test_every_slot_can_be_filled():
    slots = [slot for s in signatures() for slot in (s.id, s.revision)]

    assert [] == [s for s in slots if not all(k.replace(".", "", 1).isidentifier() for k in s[1]) or (s[0] or 0) > 9]
    assert [] == [c for s in signatures() for c in s.context if not re.fullmatch(r"(?:\d:|[a-z]\w*\.)?[A-Za-z_]\w*", c)]


def test_no_context_is_a_secret():
    kept = {key for s in signatures() for key in s.context}

    assert [] == [
        key for key in kept if re.search(r"key|token(?!izer)|secret|password|credential|auth|header|prompt", key)
    ]


# -- implicit models -------------------------------------------------------------------------------


def test_what_is_implicit_is_what_some_signature_would_read():
    wrong = [
        i.callee
        for i in implicit()
        if not any(
            i.argument in s.id[1] and matches(s.callee, i.callee.replace("**", "x").replace("*", "x"))
            for s in signatures()
        )
    ]

    assert [] == wrong


def test_what_is_implicit_has_a_name_that_its_provider_would_take():
    wrong = [
        i.id
        for i in implicit()
        if not (read_name(i.id, Kind.MODEL) if i.provider == "huggingface" else read_own(i.id, Kind.MODEL, i.provider))
    ]

    assert [] == wrong
    assert {i.provider for i in implicit()} <= {*services(), *REGISTRIES}
    assert [] == [i.revision for i in implicit() if i.revision and not re.fullmatch(r"[0-9a-f]{7,40}", i.revision)]


def test_what_is_implicit_says_which_version_of_which_file_says_so():
    assert [] == [i.library for i in implicit() if not re.fullmatch(r"(@[a-z]+/)?[a-z0-9-]+ \d+(\.\d+)+", i.library)]
    assert [] == [i.source for i in implicit() if not re.fullmatch(r"[\w/]+\.(py|js|yaml)", i.source)]


# -- tables of one's own ---------------------------------------------------------------------------


def test_a_row_is_read_cell_by_cell():
    (signature,) = parse_signatures(
        "# A comment.\n\n"
        + HEADER
        + "d\ta.b\tmodel\topenai\t1|model|name\trevision\tx|y\thosted bare=acme task=0|task\n"
    )

    assert ("d", "a.b", "model", "openai") == (signature.detector, signature.callee, signature.kind, signature.provider)
    assert ((1, ("model", "name")), (None, ("revision",))) == (signature.id, signature.revision)
    assert (("x", "y"), frozenset({"hosted"})) == (signature.context, signature.flags)
    assert ("acme", "0|task", "") == tuple(signature.option(name) for name in ("bare", "task", "provider"))


@pytest.mark.parametrize("text", ["", "# Nothing.\n", HEADER])
def test_a_table_without_rows_is_empty(text: str):
    assert () == parse_signatures(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER + "d\ta.b\n", "own: a row has 2 cells and the header 8: 'd\\ta.b'"),
        ("detector\tcallee\nd\ta.b\n", "own: the table has no column 'flags'"),
        (HEADER + "d\ta.b\tmodle\tx\t0\t\t\t\n", "own: a.b: the kind is 'modle', not model, dataset or service"),
        (HEADER + "d\ta.b\tmodel\tx\t0\t\t\thosted hotsed\n", "own: a.b: there is no flag 'hotsed'"),
        (HEADER + "d\ta.b\tmodel\tx\t0\t\t\tbaer=acme\n", "own: a.b: there is no flag 'baer'"),
        (HEADER + "d\ta.b\tmodel\tx\t0\t\tok|x:y\t\n", "own: a.b: 'x:y' is no keyword argument"),
        (HEADER + "d\ta.b\tmodel\tx\t\t\t\t\n", "own: a.b: the row does not say which argument names the model"),
    ],
)
def test_a_row_that_says_nothing_is_the_authors_mistake(text: str, message: str):
    with pytest.raises(PluginError) as error:
        parse_signatures(text, "own")

    assert message == str(error.value)


def test_every_flag_is_documented():
    from aibom.knowledge import _FLAGS, _OPTIONS

    source = Path(aibom.knowledge.__file__).read_text("utf-8")

    assert [] == [flag for flag in _FLAGS if f"- ``{flag}``: " not in source]
    assert [] == [option for option in _OPTIONS if f"- ``{option}=" not in source]
    assert set() == _FLAGS - {flag for s in signatures() for flag in s.flags}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", (None, ())),
        ("0", (0, ())),
        ("1|model", (1, ("model",))),
        ("model", (None, ("model",))),
        ("model|name", (None, ("model", "name"))),
        ("99", (99, ())),
    ],
)
def test_a_slot_is_a_position_and_keywords(cell: str, expected: tuple[int | None, tuple[str, ...]]):
    assert expected == read_slot(cell)


# -- values and owners -----------------------------------------------------------------------------


def test_a_value_is_given_in_one_of_the_ways_that_the_header_says():
    (header,) = [line for line in lines("values") if line.startswith("# gives: ")]

    documented = set(re.findall(r"(?:^# gives: |, )([a-z]+)", re.sub(r"\([^)]*\)", "", header)))
    assert {v.gives for v in value_calls().values()} <= documented


def test_what_hands_something_on_says_which_argument():
    calls = value_calls().values()
    whole = {"chain", "each", "mapping", "pairs", "parser", "partial", "path", "product", "substituted"}

    assert [] == [v.callee for v in calls if (v.gives not in whole) is (v.position is None and not v.keywords)]
    assert len(calls) == len(rows("values"))


def test_owners_are_there_once_whatever_their_case():
    assert len(rows("owners")) == len(owners())
    assert {"yes", "no"} == set(owners().values())
    assert [] == [r["owner"] for r in rows("owners") if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", r["owner"])]


def test_a_table_that_is_not_there_is_an_error():
    with pytest.raises(FileNotFoundError):
        rows("no-such-table")


def test_kinds_of_the_table_are_kinds_of_the_bill():
    assert {s.kind for s in signatures()} <= {str(kind) for kind in Kind}


# -- legacy names ----------------------------------------------------------------------------------


def test_a_legacy_name_has_no_owner_and_its_canonical_id_has_one():
    assert {("model", "bert-base-uncased"), ("dataset", "squad")} <= set(legacy_names())
    for (kind, name), canonical in legacy_names().items():
        assert kind in {"model", "dataset"}, name
        assert (0, 1) == (name.count("/"), canonical.count("/")), name


# -- commands and images ---------------------------------------------------------------------------

READ = frozenset(
    {
        *("repo", "path", "shape", "hub", "url", "quant", "file", "own", "ollama", "docker", "lms", "whisper", "ngc"),
        *("garden", "registry", "hub-ids", "hosted", "family", "scheme", "pairs", "module", "json", "slot"),
    }
)


def test_the_commands_name_models_or_datasets_of_known_providers():
    assert set() == {r.kind for r in commands()} - {"model", "dataset"}
    assert set() == {r.provider for r in commands()} - {*services(), *REGISTRIES, "huggingface", "unknown"}


def test_the_names_of_commands_are_read_in_known_ways():
    assert READ == {r.read for r in commands()}


def test_the_places_of_names_in_commands_are_positions_options_or_keys():
    cells = [(r.programs, c) for r in commands() for c in (*r.id, *r.revision, *r.files)]

    assert [] == [c for c in cells if not re.fullmatch(r"\d\+?|--?[A-Za-z][\w-]*|[a-z_]+=", c[1])]


def test_every_command_says_where_its_name_stands():
    assert [] == [r.programs for r in commands() if not r.id]


def test_the_programs_of_images_are_commands():
    known = {p for r in commands() for p in r.programs}
    lacking = [i.name for i in images() if i.program and i.program.split()[0] not in known]

    assert [] == lacking
    assert set() == {i.category for i in images()} - CATEGORIES


def test_a_constant_has_the_dotted_name_of_a_package_and_stands_for_one_name():
    assert len(rows("constants")) == len(constants())
    assert [] == [c for c in constants() if not c.startswith(("java:", "go:", "rust:", "dotnet:", "php:"))]
    assert [] == [i for i in constants().values() if read_name(i, Kind.MODEL) is None]


# -- threats ---------------------------------------------------------------------------------------


def test_each_fact_is_found_by_a_rule_or_says_why_none_finds_it():
    for threat in threats():
        assert bool(threat.rules) != bool(threat.open), threat.fact


def test_every_rule_that_finds_a_fact_is_there():
    named = {rule for threat in threats() for rule in threat.rules}

    assert set() == named - {rule.id for rule in builtin_rules()}
    assert len(threats()) == len({t.fact for t in threats()})
    # Those of the research, of which three are told apart further, and two that are this project's own.
    parts = ("agent.tool.dangerous", "code.trust_remote_code", "llm.output-to-sink")
    facts = {next((p for p in parts if t.fact.startswith(p)), t.fact) for t in threats()}
    assert 42 == len(facts - {"library.known-malicious", "model.repo.not-given"})


NEVER: dict[str, str] = {
    "a leak": r"leak",
    "attack": r"attack",
    "backdoor": r"backdoor",
    "biased": r"\bbiased\b|no model is",
    "confirmed malware (scanners have false positives and negatives)": r"malware|malicious|infected|confirmed",
    "exploitable": r"exploit",
    "exploitable unless the file source is untrusted": r"exploit",
    "malice": r"malice|malicious",
    "malicious": r"malicious",
    "over-privileged, unless the tool class shows it": r"privilege|too many rights",
    "poisoned": r"poison",
    "poisoning risk for this project": r"poison",
    "protected": r"\bprotected\b",
    "reachable": r"reachable|is called here",
    "reachable from the internet": r"internet|reachable from",
    "risk": r"\brisky?\b",
    "safe": r"\b(?:is|are) safe\b",
    "safe against backdoored weights or template attacks": r"safe against|backdoor",
    "that a backdoor exists": r"backdoor",
    "that it was hijacked": r"hijack|\bstolen\b|was taken over",
    "that it was stolen (and never print it)": r"\bstolen\b|leaked",
    "that its code ran here": r"\bran\b|has run",
    "that the file carries malicious code": r"malicious|malware|carries harmful",
    "that the model is or was tampered with": r"tamper",
    "that the pinned bytes are safe": r"\b(?:is|are) safe\b|keeps? out",
    "that the publisher is untrustworthy": r"untrustworthy|be trusted",
    "that the repository code is malicious": r"malicious|malware",
    "that there is tampering": r"tamper",
    "threat": r"\bthreat",
    "typosquatting as a fact": r"typosquat|pretend|impersonat",
    "valid key": r"valid key|can use (?:the|it)|\bis a (?:valid )?key\b",
    "verified unless verification was really run": r"\bverified\b",
    "vulnerable": r"vulnerable",
    "vulnerable to prompt injection (every LLM app is exposed; only testing shows exploitability)": r"vulnerable",
}
"""The words that each cell of the column must_not_say keeps out of the texts of the rules that find its fact."""
OF_ALL = "risk", "safe", "threat"
"""Cells of facts that no rule finds, or of legal ones, whose words others need."""


def texts_of(id_: str) -> list[str]:
    """Return all that a rule says: of itself, and in its cases."""
    (chosen,) = (r for r in builtin_rules() if r.id == id_)
    found = json.loads((Path(__file__).parent / "rules" / f"{id_}.json").read_text("utf-8"))
    return [chosen.summary, chosen.why, chosen.fix, *(line for lines in found.values() for line in lines)]


def test_the_words_of_every_cell_are_known():
    assert {t.must_not_say for t in threats() if t.must_not_say} == set(NEVER)


@pytest.mark.parametrize("threat", threats(), ids=lambda threat: threat.fact)
def test_no_text_says_what_its_fact_does_not_carry(threat: Threat):
    """An exposure is no vulnerability, evidence no verdict: the column is binding for each text of the rules."""
    if not threat.must_not_say:
        return
    never = re.compile(NEVER[threat.must_not_say], re.IGNORECASE)
    everywhere = [] if threat.must_not_say in OF_ALL else [rule.id for rule in builtin_rules()]

    assert [] == [text for id_ in threat.rules or everywhere for text in texts_of(id_) if never.search(text)]


def test_what_a_rule_says_of_licences_is_no_legal_advice():
    about = re.compile(r"licen[cs]e|terms\b", re.IGNORECASE)
    legal = [r for r in builtin_rules() if about.search(r.summary)]

    assert 13 <= len(legal)
    assert [] == [r.id for r in legal if "Not legal advice." not in r.why]


def test_no_text_gives_a_verdict():
    never = re.compile(r"compliant|vulnerable to|hijack|poison|backdoor|typosquat|tamper|malware", re.IGNORECASE)

    assert [] == [text for rule in builtin_rules() for text in texts_of(rule.id) if never.search(text)]


def test_every_id_and_mitigation_of_atlas_has_a_name():
    named = {i for t in threats() for i in (*t.ids, *t.mapped, *t.advice) if i.startswith("AML.")}

    assert set() == named - atlas().keys()


# -- licences of hubs ------------------------------------------------------------------------------


def test_licences_of_hubs_are_none_of_the_list_and_mean_one_of_it_or_none():
    from cyclonedx.spdx import is_supported_id

    found = hub_licences()

    assert [] == [key for key in found if key != key.lower() or is_supported_id(key)]
    assert [] == [row.spdx for row in found.values() if row.spdx and not is_supported_id(row.spdx)]
    assert [] == [row.url for row in found.values() if row.url and not row.url.startswith("https://")]
