"""Detectors and enrichers that other distributions offer."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Any

import pytest

import aibom
from aibom import plugins
from aibom.bill import Bill, Component, Diagnostic, Enrichment, Kind, Level
from aibom.detectors import builtin
from aibom.pipeline import available_detectors, scan
from aibom.plugins import GROUP, load
from aibom.protocols import Detector, FunctionDetector


class Offer(EntryPoint):
    """An entry point that gives, or raises, what the test says."""

    def __init__(self, name: str, offered: object) -> None:
        super().__init__(name, f"{name}_plugin:detect", GROUP)
        vars(self)["offered"] = offered

    def load(self) -> Any:  # noqa: ANN401 - whatever a plugin offers
        offered = vars(self)["offered"]
        if isinstance(offered, BaseException):
            raise offered
        return offered


def nothing(_file: object) -> tuple[()]:
    """Find nothing."""
    return ()


ACME = FunctionDetector("acme", "Models of the Acme cloud.", ("*.acme",), (), nothing)


class Classy:
    """A detector as a class, which has all attributes of a detector itself."""

    name = "classy"
    summary = "Whatever."
    files = ("*.classy",)
    hints = ()

    def detect(self, _file: object) -> tuple[()]:
        return ()


def offer(monkeypatch: pytest.MonkeyPatch, **offers: object) -> None:
    """Let distributions offer *offers*."""
    entries = EntryPoints(Offer(name, offered) for name, offered in offers.items())
    monkeypatch.setattr(plugins, "_installed", lambda _group: entries.select(group=plugins.GROUP))


def broken_call() -> FunctionDetector:
    """Fail as a factory may."""
    raise OSError("no licence file")


def test_plugins_come_sorted_by_name_with_what_they_offer():
    assert ((("acme", ACME), ("zeta", nothing)), ()) == load([Offer("zeta", nothing), Offer("acme", ACME)])


def test_a_class_is_made_an_instance():
    ((name, offered),), problems = load([Offer("classy", Classy)])

    assert ("classy", Classy, ()) == (name, type(offered), problems)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ModuleNotFoundError("No module named 'gone'"), "ModuleNotFoundError: No module named 'gone'"),
        (SyntaxError("bad\x1b"), "SyntaxError: bad\x1b"),
        (SystemExit(3), "SystemExit: 3"),
        (RecursionError(), "RecursionError: "),
    ],
)
def test_a_plugin_that_does_not_load_is_a_diagnostic_and_the_rest_is_there(error: BaseException, message: str):
    assert (
        (("zeta", ACME),),
        (Diagnostic("plugin-not-loaded", f"acme (acme_plugin:detect): {message}", level=Level.ERROR),),
    ) == load([Offer("zeta", ACME), Offer("acme", error)])


def test_a_class_that_cannot_be_made_is_a_diagnostic():
    class Demanding:
        def __init__(self, key: str) -> None:
            self.key = key

    found, problems = load([Offer("acme", Demanding)])

    assert () == found
    assert ["plugin-not-loaded"] == [p.code for p in problems]


def test_the_user_can_still_interrupt():
    with pytest.raises(KeyboardInterrupt):
        load([Offer("acme", KeyboardInterrupt())])


def test_without_plugins_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch):
    offer(monkeypatch, acme=KeyboardInterrupt())

    assert (builtin(), ()) == available_detectors(plugins=False)


@pytest.mark.parametrize(
    ("offered", "name"), [(ACME, "acme"), (lambda: ACME, "acme"), (Classy, "classy"), (Classy(), "classy")]
)
def test_a_detector_a_function_that_gives_one_and_a_class_are_plugins(
    monkeypatch: pytest.MonkeyPatch, offered: object, name: str
):
    offer(monkeypatch, it=offered)

    detectors, problems = available_detectors()

    assert ((*(d.name for d in builtin()), name), ()) == (tuple(d.name for d in detectors), problems)
    assert not isinstance(detectors[-1], type)


@pytest.mark.parametrize(
    ("offered", "message"),
    [
        (None, "it: it is no detector: see aibom.protocols.Detector"),
        (7, "it: it is no detector: see aibom.protocols.Detector"),
        ("acme", "it: it is no detector: see aibom.protocols.Detector"),
        (dict, "it: it is no detector: see aibom.protocols.Detector"),
        (lambda: "acme", "it: it is no detector: see aibom.protocols.Detector"),
        (broken_call, "it: OSError: no licence file"),
    ],
)
def test_what_is_no_detector_is_a_diagnostic(monkeypatch: pytest.MonkeyPatch, offered: object, message: str):
    offer(monkeypatch, it=offered)

    assert (builtin(), (Diagnostic("plugin-not-loaded", message),)) == available_detectors()


def test_a_broken_plugin_does_not_stop_a_scan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    offer(monkeypatch, acme=ImportError("no"), zeta=nothing)
    (tmp_path / "app.py").write_text("from openai import OpenAI\n", encoding="utf-8")

    bill = scan(tmp_path)

    assert ["openai"] == [c.name for c in bill.libraries]
    assert ["plugin-not-loaded", "plugin-not-loaded"] == [d.code for d in bill.diagnostics]


def test_the_detectors_of_aibom_are_detectors_with_names_of_their_own():
    names = [d.name for d in builtin()]

    assert all(isinstance(d, Detector) for d in builtin())
    assert len(set(names)) == len(names)


def test_enrichers_are_plugins_too(monkeypatch: pytest.MonkeyPatch):
    class Knows:
        name, summary = "acme-cards", "Cards of the Acme cloud."

        def enrich(self, component: Component) -> Enrichment:
            return Enrichment(properties=[("acme", component.title)])

    entries = [Offer("good", Knows), Offer("made", Knows()), Offer("odd", 7)]
    monkeypatch.setattr(plugins, "_installed", lambda group: entries if group == plugins.ENRICHERS else ())
    bill = aibom.enrich(Bill([Component(Kind.MODEL, "acme", "a/b")]), offline=True)

    assert (("acme", "b"),) == bill["a/b"].properties
    assert ("plugin-not-loaded: odd: it is no enricher: see aibom.protocols.Enricher",) == tuple(
        map(str, bill.diagnostics)
    )
    assert bill == aibom.enrich(bill, offline=True, plugins=False)
