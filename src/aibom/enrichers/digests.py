"""What files on this side say against what the hub says: equal digests prove identity."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Diagnostic, Enrichment, Kind, Relation, RelationKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aibom.bill import Component, ModelFile

__all__ = ["Digests"]

_MOST: Final = 20


class Digests:
    """
    The SHA-256 of files in the tree and in caches, held against those that the hub states.

    A local file with the digest of a file of a repository is that file, whatever its name: the component gets the
    property ``identical-to`` and is derived from the repository's, as a copy. A file that should be the hub's and has
    another digest is the diagnostic ``hash-mismatch``. It is asked last: it knows nothing but what others have said.
    """

    name = "digests"
    summary = "Whether files are those of the hub: equal SHA-256 prove it, and others are reported."
    last = True

    def enrich(self, component: Component) -> Enrichment:
        """Return what *component* alone shows: files of its own that are not what the hub says."""
        (answer,) = self.enrich_all([component])
        return answer

    def enrich_all(self, components: Sequence[Component]) -> list[Enrichment]:
        """Return what the digests of *components*, all of a bill, prove of each."""
        hub: dict[str, list[tuple[Component, str]]] = defaultdict(list)
        for component in components:
            for file in component.files:
                if component.provider == "huggingface" and "hub:" in file.source:
                    for digest in _digests(file):
                        hub[digest].append((component, file.path))
        return [
            evolve(
                _identical(component, hub), diagnostics=tuple(_mismatches(component)), properties=_verified(component)
            )
            if component.provider != "local"
            else _identical(component, hub)
            for component in components
        ]


def _digests(file: ModelFile) -> list[str]:
    return [digest.lower() for algorithm, digest in file.hashes if algorithm == "SHA-256"]


def _identical(component: Component, hub: dict[str, list[tuple[Component, str]]]) -> Enrichment:
    """Return which repositories a local *component* is a copy of."""
    if component.provider != "local" or component.kind is not Kind.MODEL:
        return Enrichment()
    own = {d for file in component.files for d in _digests(file)}
    own |= {digest.lower() for algorithm, digest in component.hashes if algorithm == "SHA-256"}
    found = sorted({(other.ref, other.name, path) for digest in own for other, path in hub.get(digest, ())})[:_MOST]
    return Enrichment(
        properties=[("identical-to", f"{name}/{path} (SHA-256)") for _, name, path in found],
        relations=tuple(
            Relation(component.ref, ref, RelationKind.DERIVED_FROM, "copy") for ref in sorted({r for r, _, _ in found})
        ),
    )


def _by_path(component: Component) -> Iterator[tuple[str, list[ModelFile]]]:
    """Yield the files of *component* that several sources speak of, by their path."""
    paths: dict[str, list[ModelFile]] = defaultdict(list)
    for file in component.files:
        paths[file.path].append(file)
    yield from sorted(paths.items())


def _mismatches(component: Component) -> Iterator[Diagnostic]:
    place = component.evidence[0].location if component.evidence else None
    for path, files in _by_path(component):
        stated = [f for f in files if "hub:" in f.source]
        others = [f for f in files if "hub:" not in f.source]
        for theirs in stated:
            for ours in others:
                if not _same_commit(theirs, ours, component) or not _digests(theirs) or not _digests(ours):
                    continue
                if set(_digests(theirs)).isdisjoint(_digests(ours)):
                    message = (
                        f"{component.name}: {path} has the SHA-256 {_digests(ours)[0]} by {ours.source},"
                        f" and {_digests(theirs)[0]} by {theirs.source}"
                    )
                    yield Diagnostic("hash-mismatch", message, place)


def _same_commit(theirs: ModelFile, ours: ModelFile, component: Component) -> bool:
    """Tell whether both speak of one commit: another commit may well have another file."""
    at = _commit(theirs.source)
    return bool(at) and at in {_commit(ours.source), (component.commit or "")[:12]}


def _commit(source: str) -> str:
    return source.partition("@")[2].partition(":")[0].partition(";")[0]


def _verified(component: Component) -> list[tuple[str, str]]:
    """Return the files of which this side and the hub have one digest."""
    both = [f for f in component.files if "hub:" in f.source and ";" in f.source and _digests(f)]
    return [("digest-verified", f.path) for f in both[:_MOST]]
