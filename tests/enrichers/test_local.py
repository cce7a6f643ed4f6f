"""What enrichers know without any network: caches, cards, tables, lock files and digests."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import aibom
from aibom.bill import (
    Bill,
    Card,
    Component,
    Diagnostic,
    Enrichment,
    Evidence,
    Fact,
    Kind,
    Location,
    ModelFile,
    Relation,
    RelationKind,
    Resolution,
    Usage,
)
from aibom.enrichers import builtin, hf_cache, ollama
from aibom.enrichers.digests import Digests
from aibom.enrichers.hf_cache import HuggingFaceCache
from aibom.enrichers.hosted_models import HostedModels
from aibom.enrichers.libraries import Libraries
from aibom.enrichers.local_card import LocalCard
from aibom.enrichers.ollama import Ollama

OLD, NEW = "a" * 40, "b" * 40
PLACE = Location("app.py", 1)


def used(name: str, kind: Kind = Kind.MODEL, provider: str = "huggingface", revision: str | None = None) -> Component:
    return Component(kind, provider, name, evidence=[Evidence(PLACE, "x", revision=revision)])


def said(enrichment: Enrichment) -> set[tuple[str, str]]:
    return {(name, fact.value) for name, fact in enrichment.card.facts}


# -- the cache of huggingface_hub ------------------------------------------------------------------


def fetched(folder: Path, name: str, files: dict[str, bytes], *, commit: str = NEW, kind: str = "models") -> Path:
    """Put *files* into a cache as huggingface_hub does; those that end in .safetensors are in LFS."""
    repository = folder / f"{kind}--{name.replace('/', '--')}"
    for path, content in files.items():
        lfs = path.endswith(".safetensors")
        blob = repository / "blobs" / (sha256(content).hexdigest() if lfs else sha256(content).hexdigest()[:40])
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(content)
        link = repository / "snapshots" / commit / path
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(os.path.relpath(blob, link.parent))
    (repository / "refs").mkdir(exist_ok=True)
    (repository / "refs" / "main").write_text(commit, encoding="utf-8")
    return repository


def test_what_was_fetched_is_known_with_the_commit_that_would_be_loaded(tmp_path: Path):
    card = "---\nlicense: mit\nbase_model: acme/base\n---\n## Limitations\n\nEnglish only.\n"
    files = {"README.md": card.encode(), "config.json": b'{"model_type": "bert"}', "model.safetensors": b"weights"}
    fetched(tmp_path, "acme/tone", files)
    tone = used("acme/tone")

    known = HuggingFaceCache(tmp_path).enrich(tone)

    source = f"hf-cache@{NEW[:12]}"
    base = Component(Kind.MODEL, "huggingface", "acme/base")
    assert (
        Enrichment(
            card=Card(
                [
                    ("architecture-family", Fact("bert", f"{source}:config.json")),
                    ("limitation", Fact("English only.", f"{source}:README.md:5")),
                ]
            ),
            licences=[Fact("mit", f"{source}:README.md:front-matter")],
            files=[
                ModelFile("README.md", source, len(card)),
                ModelFile("config.json", source, 22),
                ModelFile("model.safetensors", source, 7, "safetensors", [("SHA-256", sha256(b"weights").hexdigest())]),
            ],
            resolutions=[Resolution(NEW, "", "", "hf-cache")],
            components=(base,),
            relations=(Relation(tone.ref, base.ref, RelationKind.DERIVED_FROM),),
        )
        == known
    )


def test_a_commit_or_a_branch_that_was_not_fetched_is_not_known(tmp_path: Path):
    fetched(tmp_path, "acme/tone", {"README.md": b"x"})
    cache = HuggingFaceCache(tmp_path)

    unknown = [used("acme/tone", revision="v1"), evolve(used("acme/tone", revision=OLD), commit=OLD)]

    assert [Enrichment(), Enrichment()] == [cache.enrich(c) for c in unknown]


def test_a_pinned_commit_that_was_fetched_needs_no_resolution(tmp_path: Path):
    fetched(tmp_path, "acme/tone", {"config.json": b'{"model_type": "bert"}'}, commit=OLD)

    known = HuggingFaceCache(tmp_path).enrich(evolve(used("acme/tone", revision=OLD), commit=OLD))

    assert ({("architecture-family", "bert")}, ()) == (said(known), known.resolutions)


def test_what_was_fetched_under_a_legacy_name_is_known_under_that_of_today(tmp_path: Path):
    fetched(tmp_path, "gpt2", {"config.json": b'{"model_type": "gpt2"}'})
    renamed = Component(
        Kind.MODEL, "huggingface", "openai-community/gpt2", evidence=[Evidence(PLACE, "x", requested="gpt2")]
    )
    cache = HuggingFaceCache(tmp_path)

    # huggingface_hub would look for the name of today in a folder of its own.
    assert [{("architecture-family", "gpt2")}, set()] == [
        said(cache.enrich(c)) for c in (renamed, used("openai-community/gpt2"))
    ]


def test_each_revision_that_uses_name_is_resolved_if_it_is_here(tmp_path: Path):
    fetched(tmp_path, "acme/tone", {"config.json": b'{"model_type": "old"}'}, commit=OLD)
    repository = fetched(tmp_path, "acme/tone", {"config.json": b'{"model_type": "new"}'})
    for name in ("v1", "a/b"):
        (repository / "refs" / name).parent.mkdir(exist_ok=True)
        (repository / "refs" / name).write_text(OLD if name == "v1" else NEW, encoding="utf-8")
    evidence = [Evidence(PLACE, "x", revision=revision) for revision in ("v1", "a/b", "v9")]

    known = HuggingFaceCache(tmp_path).enrich(Component(Kind.MODEL, "huggingface", "acme/tone", evidence=evidence))

    assert {Resolution(NEW, "a/b", "", "hf-cache"), Resolution(OLD, "v1", "", "hf-cache")} == set(known.resolutions)
    assert {("architecture-family", "new")} == said(known)


def test_copies_where_there_are_no_links_are_files_without_digests(tmp_path: Path):
    snapshot = tmp_path / "models--acme--tone" / "snapshots" / NEW
    snapshot.mkdir(parents=True)
    (snapshot / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "models--acme--tone" / "refs").mkdir()
    (tmp_path / "models--acme--tone" / "refs" / "main").write_text(NEW, encoding="utf-8")

    known = HuggingFaceCache(tmp_path).enrich(used("acme/tone"))

    assert (ModelFile("model.safetensors", f"hf-cache@{NEW[:12]}", 7, "safetensors"),) == known.files


def test_what_is_of_another_hub_is_not_looked_for_in_the_cache_of_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fetched(tmp_path, "acme/tone", {"config.json": b'{"model_type": "bert"}'})
    tone = evolve(used("acme/tone"), properties=[("repository-url", "https://hub.example")])
    cache = HuggingFaceCache(tmp_path)
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    elsewhere = cache.enrich(tone)
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example/")

    assert (Enrichment(), {("architecture-family", "bert")}) == (elsewhere, said(cache.enrich(tone)))


def test_datasets_are_in_the_cache_too(tmp_path: Path):
    fetched(tmp_path, "acme/notes", {"README.md": b"---\nlicense: cc0-1.0\n---\n"}, kind="datasets")

    known = HuggingFaceCache(tmp_path).enrich(used("acme/notes", Kind.DATASET))

    assert ("cc0-1.0",) == tuple(licence.value for licence in known.licences)


@pytest.mark.parametrize(
    "component",
    [
        used("acme/none"),
        used("../acme/tone"),
        used("acme/tone", provider="openai"),
        evolve(used("acme/tone"), hosted=True),
        used("acme/tone", Kind.LIBRARY),
        used("acme/tone", revision="../../../etc"),
        used("acme/tone", revision="a//b"),
    ],
)
def test_what_is_not_in_the_cache_is_not_known(tmp_path: Path, component: Component):
    fetched(tmp_path, "acme/tone", {"config.json": b'{"model_type": "bert"}'})

    assert Enrichment() == HuggingFaceCache(tmp_path).enrich(component)


@pytest.mark.hostile
def test_no_link_out_of_the_cache_is_followed(tmp_path: Path):
    outside = tmp_path / "outside.md"
    outside.write_text("## Uses\n\nSecret.\n", encoding="utf-8")
    cache = tmp_path / "hub"
    repository = fetched(cache, "acme/tone", {"config.json": b"[[", "big.json": b"x"})
    snapshot = repository / "snapshots" / NEW
    (snapshot / "README.md").symlink_to(outside)
    (snapshot / "loop").symlink_to("loop")
    (snapshot / "folder").symlink_to(tmp_path, target_is_directory=True)
    (snapshot / "pipe.json").symlink_to(cache)

    known = HuggingFaceCache(cache).enrich(used("acme/tone"))

    assert (set(), ["big.json", "config.json"]) == (said(known), [f.path for f in known.files])


@pytest.mark.hostile
@pytest.mark.parametrize("ref", [b"", b"\xff\xfe", b"../../..", b"x" * 5_000_000, b"c" * 40])
def test_a_ref_that_is_none_is_not_followed(tmp_path: Path, ref: bytes):
    repository = fetched(tmp_path, "acme/tone", {"README.md": b"x"})
    (repository / "refs" / "main").write_bytes(ref)

    assert Enrichment() == HuggingFaceCache(tmp_path).enrich(used("acme/tone"))


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"HF_HUB_CACHE": "/a/b", "HF_HOME": "/c"}, "/a/b"),
        ({"HUGGINGFACE_HUB_CACHE": "/d"}, "/d"),
        ({"HF_HOME": "/c"}, "/c/hub"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/huggingface/hub"),
        ({}, "~/.cache/huggingface/hub"),
    ],
)
def test_the_cache_lies_where_huggingface_hub_has_it(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
):
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert Path(expected).expanduser() == hf_cache.default_folder()


# -- a card beside what was scanned -----------------------------------------------------------------


def local(name: str, **more: Any) -> Component:  # noqa: ANN401 - fields of a component
    return evolve(used(name, provider="local"), **more)


def test_a_card_beside_a_local_model_is_read_whole(tmp_path: Path):
    (tmp_path / "tone").mkdir()
    (tmp_path / "tone" / "README.md").write_text(
        "---\nlicense: mit\nlanguage: en\nbase_model: acme/base\n---\n## Limitations\n\nEnglish only.\n",
        encoding="utf-8",
    )
    card = Card([("language", Fact("en", "card:front-matter"))])
    tone = local("tone", card=card, licences=[Fact("mit", "card:front-matter")])

    known = LocalCard(tmp_path).enrich(tone)

    base = Component(Kind.MODEL, "huggingface", "acme/base")
    assert (
        Enrichment(
            card=Card([("limitation", Fact("English only.", "file:tone/README.md:6"))]),
            components=(base,),
            relations=(Relation(tone.ref, base.ref, RelationKind.DERIVED_FROM),),
        )
        == known
    )


def test_a_card_beside_a_file_of_weights_is_its_card(tmp_path: Path):
    (tmp_path / "README.md").write_text("---\nlanguage: de\n---\n", encoding="utf-8")
    (tmp_path / "tone.gguf").write_bytes(b"GGUF")

    assert {("language", "de")} == said(LocalCard(tmp_path).enrich(local("tone.gguf")))


def test_the_configuration_beside_a_local_model_is_its_own(tmp_path: Path):
    config = {"max_position_embeddings": 4096, "quantization_config": {"quant_method": "awq", "bits": 4}}
    (tmp_path / "tone").mkdir()
    (tmp_path / "tone" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "config.json").write_bytes(b"[" * 100_000)
    enricher = LocalCard(tmp_path)

    known = enricher.enrich(local("tone"))

    assert {("context-length", "4096"), ("quantization", "awq"), ("quantization-bits", "4")} == said(known)
    assert "file:tone/config.json" == known.card["context-length"].source
    assert [Enrichment()] * 2 == [
        enricher.enrich(local("odd")),
        enricher.enrich(evolve(local("tone"), kind=Kind.DATASET)),
    ]


def test_a_readme_without_front_matter_is_a_card_beside_a_configuration_alone(tmp_path: Path):
    for name in ("tone", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text("## Limitations\n\nEnglish only.\n", encoding="utf-8")
    (tmp_path / "tone" / "config.json").write_text("{}", encoding="utf-8")

    enricher = LocalCard(tmp_path)

    assert [{("limitation", "English only.")}, set()] == [said(enricher.enrich(local(n))) for n in ("tone", "other")]


def test_the_readme_of_a_space_is_no_card(tmp_path: Path):
    (tmp_path / "README.md").write_text("---\nsdk: gradio\nlicense: mit\n---\n", encoding="utf-8")

    assert Enrichment() == LocalCard(tmp_path).enrich(local("."))


@pytest.mark.hostile
def test_a_card_outside_of_the_tree_is_not_read(tmp_path: Path):
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    root = tmp_path / "root"
    (root / "linked").mkdir(parents=True)
    (root / "linked" / "README.md").symlink_to(tmp_path / "README.md")

    enricher = LocalCard(root)

    assert [Enrichment()] * 3 == [enricher.enrich(local(n)) for n in ("..", "linked", "none/at/all")]
    assert Enrichment() == LocalCard().enrich(local("."))
    assert Enrichment() == LocalCard(root).enrich(used("acme/tone"))


# -- Ollama -----------------------------------------------------------------------------------------


def pulled(folder: Path, place: str, layers: dict[str, bytes], config: bytes) -> None:
    """Put a model into *folder* as Ollama does."""
    blobs = folder / "blobs"
    blobs.mkdir(parents=True, exist_ok=True)
    described = []
    for kind, content in {"config": config, **layers}.items():
        digest = sha256(content).hexdigest()
        (blobs / f"sha256-{digest}").write_bytes(content)
        media = "application/vnd.docker.container.image.v1+json"
        media = media if kind == "config" else f"application/vnd.ollama.image.{kind}"
        described.append({"mediaType": media, "digest": f"sha256:{digest}", "size": len(content)})
    manifest = folder / "manifests" / place
    manifest.parent.mkdir(parents=True, exist_ok=True)
    text = {"schemaVersion": 2, "config": described[0], "layers": described[1:]}
    manifest.write_text(json.dumps(text), encoding="utf-8")


LAYERS = {
    "model": b"GGUF" * 9,
    "license": b"\n  TONE COMMUNITY LICENSE\n\nYou may ...\n",
    "params": b'{"stop": ["<|end|>", "x"], "temperature": 0.7}',
}
CONFIG = b'{"model_format": "gguf", "model_family": "llama", "model_type": "3.2B", "file_type": "Q4_K_M", "os": 7}'


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("tone:3b", "registry.ollama.ai/library/tone/3b"),
        ("tone", "registry.ollama.ai/library/tone/latest"),
        ("acme/tone:3b", "registry.ollama.ai/acme/tone/3b"),
        ("hub.example/acme/tone:3b", "hub.example/acme/tone/3b"),
    ],
)
def test_what_ollama_has_pulled_is_known_by_its_manifest(tmp_path: Path, name: str, place: str):
    pulled(tmp_path, place, LAYERS, CONFIG)

    known = Ollama(tmp_path).enrich(used(name, provider="ollama"))

    manifest = sha256((tmp_path / "manifests" / place).read_bytes()).hexdigest()
    assert {
        ("ollama-manifest-sha256", manifest),
        ("architecture-family", "llama"),
        ("parameters", "3.2B"),
        ("quantization", "Q4_K_M"),
        ("default-parameter", "stop <|end|>"),
        ("default-parameter", "stop x"),
        ("default-parameter", "temperature 0.7"),
    } == said(known)
    assert (Fact("TONE COMMUNITY LICENSE", "ollama-manifest:license"),) == known.licences
    digest = sha256(LAYERS["model"]).hexdigest()
    model = ModelFile(f"model-{digest[:12]}", "ollama-manifest", 36, "gguf", [("SHA-256", digest)])
    assert model in known.files
    assert 3 == len(known.files)


def test_the_template_that_ollama_has_is_known_by_its_digest(tmp_path: Path):
    layers = {"model": b"GGUF", "projector": b"clip", "adapter": b"lora", "template": b"{{ .Prompt }}"}
    pulled(tmp_path, "registry.ollama.ai/library/tone/latest", layers, b"{}")

    known = Ollama(tmp_path).enrich(used("tone", provider="ollama"))

    assert sha256(b"{{ .Prompt }}").hexdigest() == known.card["chat-template-sha256"].value
    assert ["", "gguf", "gguf", ""] == [file.format for file in known.files]


@pytest.mark.hostile
@pytest.mark.parametrize("manifest", [b"", b"[]", b"{", b"[" * 100_000, b'{"layers": 7, "config": []}', b"\xff" * 9])
def test_an_odd_manifest_says_nothing_of_layers(tmp_path: Path, manifest: bytes):
    pulled(tmp_path, "registry.ollama.ai/library/tone/latest", {}, b"{}")
    (tmp_path / "manifests/registry.ollama.ai/library/tone/latest").write_bytes(manifest)

    assert () == Ollama(tmp_path).enrich(used("tone", provider="ollama")).files


@pytest.mark.parametrize("name", ["none", "../x", "a/b/c/d", "tone:..", "..:x", "a b"])
def test_what_ollama_has_not_pulled_is_not_known(tmp_path: Path, name: str):
    assert Enrichment() == Ollama(tmp_path).enrich(used(name, provider="ollama"))


def test_other_models_are_none_of_ollamas(tmp_path: Path):
    pulled(tmp_path, "registry.ollama.ai/library/tone/latest", LAYERS, CONFIG)

    assert Enrichment() == Ollama(tmp_path).enrich(used("tone"))


@pytest.mark.parametrize(("variable", "expected"), [("/models", "/models"), ("", "~/.ollama/models")])
def test_models_lie_where_ollama_has_them(monkeypatch: pytest.MonkeyPatch, variable: str, expected: str):
    monkeypatch.setenv("OLLAMA_MODELS", variable)

    assert Path(expected).expanduser() == ollama.default_folder()


# -- hosted models ----------------------------------------------------------------------------------


def hosted(provider: str, name: str) -> Component:
    return evolve(used(name, provider=provider), hosted=True)


def test_what_a_provider_publishes_is_known_with_its_source():
    known = HostedModels().enrich(hosted("anthropic", "claude-2.1"))

    assert {
        ("family", "claude-2"),
        ("context-length", "200000"),
        ("input-modality", "text"),
        ("output-modality", "text"),
        ("deprecated", "2025-01-21"),
        ("shutdown", "2025-07-21"),
    } == said(known)
    assert known.card["shutdown"].source.startswith("table:hosted-models (https://docs.anthropic.com/")


@pytest.mark.parametrize(
    "component",
    [hosted("openai", "gpt-99"), hosted("openai", "gpt-4o-of-ours"), hosted("acme", "gpt-4o"), used("gpt-4o")],
)
def test_nothing_is_guessed_from_a_name(component: Component):
    assert Enrichment() == HostedModels().enrich(component)


# -- libraries --------------------------------------------------------------------------------------


def library(name: str, version: str | None, provider: str = "pypi") -> Component:
    return evolve(used(name, Kind.LIBRARY, provider), version=version)


def installed(
    root: Path, metadata: str, *, place: str = ".venv/lib/python3.13/site-packages/acme_ai-1.2.dist-info"
) -> None:
    (root / place).mkdir(parents=True)
    (root / place / "METADATA").write_text(metadata, encoding="utf-8")


METADATA: dict[str, tuple[str, list[str], str]] = {
    "an expression": (
        "License-Expression: MIT OR Apache-2.0\nLicense: x\nProject-URL: Homepage, https://acme.example\n",
        ["MIT OR Apache-2.0"],
        "https://acme.example",
    ),
    "a short name": ("License: BSD\nHome-page: https://acme.example/ai\n", ["BSD"], "https://acme.example/ai"),
    "a whole text": (
        "License: Permission\n  is granted\nClassifier: License :: OSI Approved :: MIT License\n",
        ["MIT License"],
        "",
    ),
    "nothing": ("Home-page: UNKNOWN\n", [], ""),
}


@pytest.mark.parametrize("form", METADATA)
def test_installed_packages_of_the_tree_state_their_licence_and_home(tmp_path: Path, form: str):
    stated, licences, home = METADATA[form]
    installed(tmp_path, f"Metadata-Version: 2.4\nName: Acme.AI\nVersion: 1.2\n{stated}\n")

    known = Libraries(tmp_path).enrich(library("acme-ai", "1.2"))

    source = "file:.venv/lib/python3.13/site-packages/acme_ai-1.2.dist-info/METADATA"
    assert (
        Enrichment(
            card=Card([("home-page", Fact(home, source))] if home else []),
            licences=[Fact(licence, source) for licence in licences],
        )
        == known
    )


def test_what_is_of_another_version_says_nothing(tmp_path: Path):
    installed(tmp_path, "Name: acme-ai\nVersion: 1.2\nLicense: MIT\n")
    libraries = Libraries(tmp_path)

    assert Enrichment() == libraries.enrich(library("acme-ai", "1.3"))
    assert {("installed-version", "1.2")} == said(libraries.enrich(library("acme-ai", None)))


def test_npm_states_licences_in_its_lock_and_in_packages(tmp_path: Path):
    packages = {
        "": {"license": "none of ours"},
        "node_modules/@acme/ai": {"version": "2.0.0", "license": "ISC"},
        "node_modules/a/node_modules/old": {"version": "1.0.0", "license": {"type": "MIT"}},
        "node_modules/odd": 7,
    }
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": packages}), encoding="utf-8")
    (tmp_path / "node_modules" / "b" / "lib").mkdir(parents=True)
    (tmp_path / "node_modules" / "b" / "package.json").write_text(
        '{"name": "b", "version": "3.0.0", "license": "SEE LICENSE IN x", "homepage": "https://b.example"}',
        encoding="utf-8",
    )
    (tmp_path / "node_modules" / "b" / "lib" / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    libraries = Libraries(tmp_path)

    names = [("@acme/ai", "2.0.0"), ("old", "1.0.0"), ("b", "3.0.0"), ("odd", None)]
    known = [libraries.enrich(library(name, version, "npm")) for name, version in names]

    lock, own = "lockfile:package-lock.json", "file:node_modules/b/package.json"
    assert [
        Enrichment(licences=[Fact("ISC", lock)]),
        Enrichment(licences=[Fact("MIT", lock)]),
        Enrichment(card=Card([("home-page", Fact("https://b.example", own))])),
        Enrichment(),
    ] == known


def test_the_lock_of_the_part_of_a_tree_that_names_a_library_counts_first(tmp_path: Path):
    for folder, licence in (("", "ISC"), ("web", "MIT"), ("other", "BSD-2-Clause")):
        (tmp_path / folder).mkdir(exist_ok=True)
        packages = {"node_modules/ai": {"version": "2.0.0", "license": licence}}
        (tmp_path / folder / "package-lock.json").write_text(json.dumps({"packages": packages}), encoding="utf-8")
    libraries = Libraries(tmp_path)

    named = [evolve(library("ai", "2.0.0", "npm"), evidence=[Evidence(Location(path, 1), "x")]) for path in PATHS]

    known = [libraries.enrich(component).licences for component in named]

    assert [
        (Fact("MIT", "lockfile:web/package-lock.json"),),
        (Fact("ISC", "lockfile:package-lock.json"),),
        (Fact("ISC", "lockfile:package-lock.json"),),
    ] == known


PATHS = ("web/src/app.ts", "app.ts", "../../etc/app.ts")


def test_composer_states_licences_in_its_lock(tmp_path: Path):
    packages = [
        {
            "name": "Acme/AI",
            "version": "v1.2.0",
            "license": ["MIT", "GPL-2.0-or-later"],
            "homepage": "https://a.example",
        },
        {"name": "acme/odd", "version": 7},
        7,
    ]
    (tmp_path / "composer.lock").write_text(json.dumps({"packages": packages, "packages-dev": 7}), encoding="utf-8")

    known = Libraries(tmp_path).enrich(library("acme/ai", "1.2.0", "composer"))

    assert (
        Enrichment(
            card=Card([("home-page", Fact("https://a.example", "lockfile:composer.lock"))]),
            licences=[Fact("MIT OR GPL-2.0-or-later", "lockfile:composer.lock")],
        )
        == known
    )


@pytest.mark.hostile
@pytest.mark.parametrize("lock", [b"[", b"[]", b'{"packages": 7}', b"[" * 100_000, b"\xff"])
def test_an_odd_lock_says_nothing(tmp_path: Path, lock: bytes):
    (tmp_path / "package-lock.json").write_bytes(lock)

    assert Enrichment() == Libraries(tmp_path).enrich(library("b", None, "npm"))


def test_without_a_tree_and_for_others_nothing_is_known(tmp_path: Path):
    installed(tmp_path, "Name: acme-ai\nVersion: 1.2\nLicense: MIT\n")

    assert Enrichment() == Libraries().enrich(library("acme-ai", "1.2"))
    assert Enrichment() == Libraries(tmp_path).enrich(used("acme-ai"))


# -- digests ----------------------------------------------------------------------------------------

ONE, TWO = "1" * 64, "2" * 64


def file(path: str, source: str, digest: str, size: int = 5) -> ModelFile:
    return ModelFile(path, source, size, "", [("SHA-256", digest)])


def test_a_local_file_with_the_digest_of_the_hubs_is_a_copy_of_it():
    theirs = evolve(used("acme/tone"), files=[file("model.safetensors", f"hub:model_info@{NEW[:12]}", ONE)])
    ours = local("models/tone", files=[file("models/tone/renamed.bin", "tree", ONE.upper())])
    other = local("models/other", files=[file("models/other.bin", "tree", TWO)])

    richer = aibom.enrich(Bill([theirs, ours, other]), [Digests()])

    copy = evolve(ours, properties=[("identical-to", "acme/tone/model.safetensors (SHA-256)")])
    edge = Relation(ours.ref, theirs.ref, RelationKind.DERIVED_FROM, "copy")
    assert Bill([theirs, copy, other], [edge]) == richer


def test_one_digest_on_both_sides_is_verified_and_another_one_is_said():
    hub, here = f"hub:model_info@{NEW[:12]}", f"hf-cache@{NEW[:12]}"
    files = [
        file("a.safetensors", hub, ONE),
        file("a.safetensors", here, ONE),
        file("b.safetensors", hub, ONE),
        file("b.safetensors", here, TWO),
    ]

    class Knows:
        name, summary = "knows", "What a test tells it."

        def enrich(self, component: Component) -> Enrichment:
            del component
            return Enrichment(files=files)

    richer = aibom.enrich(Bill([used("acme/tone")]), [Knows(), Digests()])

    message = f"acme/tone: b.safetensors has the SHA-256 {TWO} by {here}, and {ONE} by {hub}"
    assert (Diagnostic("hash-mismatch", message, PLACE),) == richer.diagnostics
    assert (("digest-verified", "a.safetensors"),) == richer["acme/tone"].properties
    assert 3 == len(richer["acme/tone"].files)
    assert () == aibom.validate(aibom.to_document(richer))


def test_another_commit_may_have_another_file():
    files = [
        file("b", f"hub:model_info@{NEW[:12]}", ONE),
        file("b", f"hf-cache@{OLD[:12]}", TWO),
        file("b", "tree", TWO),
    ]

    assert [Enrichment()] == Digests().enrich_all([evolve(used("acme/tone"), files=files)])


def test_one_component_is_asked_about_alone():
    assert Enrichment() == Digests().enrich(used("acme/tone"))


# -- all together -----------------------------------------------------------------------------------


def test_aiboms_own_enrichers_ask_nobody_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "ollama"))
    fetched(tmp_path / "hub", "acme/tone", {"README.md": b"---\nlicense: mit\n---\n"})
    own = builtin(root=tmp_path, offline=True, cache=tmp_path / "cache.sqlite")

    richer = aibom.enrich(Bill([used("acme/tone"), hosted("openai", "gpt-4o")]), own)

    assert ("mit",) == tuple(licence.value for licence in richer["acme/tone"].licences)
    assert f"pkg:huggingface/acme/tone@{NEW}" == richer["acme/tone"].purl
    assert "128000" == richer["gpt-4o"].card["context-length"].value
    assert ["hub-not-asked"] == [d.code for d in richer.diagnostics]
    assert Usage.USED is richer["acme/tone"].usage


APACHE = "Apache License\nVersion 2.0, January 2004\n... Grant of Patent License ...\nEND OF TERMS AND CONDITIONS\n"


def test_the_text_of_a_licence_beside_a_local_model_is_its_licence(tmp_path: Path):
    for folder in (tmp_path, tmp_path / "tone", tmp_path / "own"):
        folder.mkdir(exist_ok=True)
        (folder / "LICENSE.txt").write_text(APACHE if folder.name != "own" else "Ask us.", encoding="utf-8")
    (tmp_path / "tone" / "license.py").write_text(APACHE, encoding="utf-8")

    enricher = LocalCard(tmp_path)

    expected = Enrichment(licences=[Fact("apache-2.0", "file:tone/LICENSE.txt")])
    assert [expected, expected] == [enricher.enrich(local(n)) for n in ("tone", "tone/model.gguf")]
    assert [Enrichment()] * 2 == [enricher.enrich(local(n)) for n in ("own", "model.gguf")]


@pytest.mark.hostile
def test_the_text_of_a_licence_outside_of_the_tree_is_not_read(tmp_path: Path):
    (tmp_path / "LICENSE").write_text(APACHE, encoding="utf-8")
    (tmp_path / "root" / "linked").mkdir(parents=True)
    (tmp_path / "root" / "linked" / "LICENSE").symlink_to(tmp_path / "LICENSE")
    (tmp_path / "root" / "linked" / "COPYING").mkdir()

    assert Enrichment() == LocalCard(tmp_path / "root").enrich(local("linked"))
