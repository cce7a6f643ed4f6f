"""Whether the same code gets the same model tomorrow, and from whom."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aibom.assessment import Reason
from aibom.bill import Kind, Level, RelationKind, Usage, is_commit
from aibom.expressions import expression
from aibom.knowledge import legacy_names, owners
from aibom.protocols import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.assessment import View
    from aibom.bill import Component, Location

__all__ = ["RULES"]

_ON_A_HUB: Final = frozenset({"huggingface", "modelscope"})


@rule(
    "unpinned-revision",
    level="warning",
    fix='Name the commit: revision="<40 hexadecimal digits>", in every call that loads it.',
    references=["https://huggingface.co/docs/huggingface_hub/guides/download", "CWE-494", "CWE-829"],
)
def unpinned_revision(component: Component, view: View) -> Iterator[Reason]:
    """
    A use of a model or a dataset of a hub names no commit.

    What the name means can change: who can write to the repository, or takes over its name, decides what the code loads
    tomorrow. What a card in the tree says that a model is made of loads nothing, and of a submodule git has the commit.
    """
    of_a_hub = component.provider in _ON_A_HUB or component.provider == "torchhub"
    if component.kind not in {Kind.MODEL, Kind.DATASET} or component.hosted or not of_a_hub:
        return
    uses = component.loads
    unknown = [e for e in uses if not e.revision and ("revision-given", "true") in e.context]
    if unknown:
        yield Reason(
            f"{component.name} is loaded at a revision that is not known from the code",
            [e.location for e in unknown],
            Level.INFO,
        )
    without = [e for e in uses if not e.revision and ("revision-given", "true") not in e.context]
    if without:
        run = ", and its hubconf.py is run" if component.provider == "torchhub" else ""
        yield Reason(
            f"{component.name} is loaded without a revision: the default branch at the time of the download is used"
            + run,
            [e.location for e in without],
        )
    loose = [e for e in uses if e.revision and not is_commit(e.revision)]
    if loose:
        names = sorted({repr(e.revision) for e in loose})
        yield Reason(
            f"{component.name} is loaded at {', '.join(names)}: "
            "a branch, a tag or a short hash, and no full commit hash",
            [e.location for e in loose],
            about=tuple(names),
        )


@rule(
    "tag-unpinned",
    level="warning",
    fix="Keep the digest that was tested (ollama list shows it), and compare it before the model is used.",
    references=["https://docs.ollama.com/modelfile", "CWE-494"],
)
def tag_unpinned(component: Component, view: View) -> Iterator[Reason]:
    """
    A model of Ollama is named by a tag, and no digest of it is known.

    Whoever publishes the model can move a tag; without one it is whatever is the latest. A tag that looks like a
    version is good to know, and no more. Once aibom enrich has found the model on a machine, its digests are known.
    """
    if component.kind is not Kind.MODEL or component.provider != "ollama" or not view.used(component):
        return
    if component.loose:
        tag = component.name.rpartition("/")[2].partition(":")[2]
        what = f"by the tag {tag!r}" if tag else "without a tag"
        level = Level.WARNING if tag in {"", "latest"} else Level.INFO
        yield Reason(f"{component.name} is named {what}, and no digest of it is known", level=level)


@rule(
    "server-package-unpinned",
    level="warning",
    fix="Name the exact version in the command: npx name@1.2.3, uvx name==1.2.3, an image by its digest.",
    references=["https://modelcontextprotocol.io/specification/draft/basic/security_best_practices", "CWE-494"],
)
def server_package_unpinned(component: Component, view: View) -> Iterator[Reason]:
    """
    An MCP server is started from a package without an exact version.

    Every start runs what the registry has then, with the rights of whoever starts it.
    """
    said = dict(component.properties)
    if component.kind is Kind.SERVICE and view.used(component) and said.get("package-pinned") == "false":
        version = said.get("package-version")
        asked = f"at {version!r}" if version else "without a version"
        package = said.get("package", "a package")
        yield Reason(f"{component.name} is started from {package} {asked}", about=(package,))


@rule(
    "image-unpinned",
    level="warning",
    fix="Name the image by its digest: image@sha256:<64 hexadecimal digits>.",
    references=["https://docs.docker.com/dhi/core-concepts/digests/", "CWE-494"],
)
def image_unpinned(component: Component, view: View) -> Iterator[Reason]:
    """
    An image that serves models, or keeps what they need, is named by a tag, or by nothing.

    A tag can be moved to another image; without one it is whatever is the latest. A tag that looks like a version is
    good to know, and no more.
    """
    if component.kind is not Kind.LIBRARY or component.provider != "docker" or not view.used(component):
        return
    version = component.version or ""
    if version.startswith("sha256:") or any(algorithm == "SHA-256" for algorithm, _ in component.hashes):
        return
    loose = not any(c.isdigit() for c in version)
    what = f"by the tag {version!r}" if version else "without a tag"
    yield Reason(f"the image {component.name} is named {what}", level=Level.WARNING if loose else Level.INFO)


@rule(
    "library-unpinned",
    level="info",
    fix="Lock the versions (uv lock, pip-compile, npm install), and scan with the lock file beside the code.",
    references=["CWE-1357"],
)
def library_unpinned(component: Component, view: View) -> Iterator[Reason]:
    """
    No exact version of an AI library is known.

    Another one may be installed tomorrow, and no security notice can be matched with what is not known.
    """
    known = component.version or component.provider == "docker"  # Of images, image-unpinned tells.
    own = component.name == view.bill.target.name  # Tests of a package import the package itself.
    if component.kind is Kind.LIBRARY and not known and not own and view.used(component):
        yield Reason(f"neither a manifest nor a lock file names an exact version of {component.name}")


@rule(
    "name-of-another",
    level="info",
    fix="Look at who publishes it and what it is made of; take the original unless you know why not.",
    references=["https://huggingface.co/docs/hub/repositories-settings"],
)
def name_of_another(component: Component, view: View) -> Iterator[Reason]:
    """
    A model or a dataset of a hub has the name of a well-known one, and another owner.

    Most are conversions or copies for good reasons; the name says nothing of who made it. Of owners that are well known
    themselves it is not said.
    """
    if component.kind not in {Kind.MODEL, Kind.DATASET} or component.hosted or component.provider not in _ON_A_HUB:
        return
    known = _well_known().get((component.kind, component.title.casefold()), ())
    others = sorted(name for name in known if name.casefold() != component.name.casefold())
    if component.group is None or component.group.lower() in owners() or not view.used(component):
        return
    if others and len(others) == len(known):
        base = {c.name for chain in view.chains(component, RelationKind.DERIVED_FROM) for _, c in chain[-1:]}
        says = ", which it says it is made from" if base & set(others) else ""
        yield Reason(f"{component.name} has the name of {', '.join(others)}{says}")


@cache
def _well_known() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the ids that well-known names without an owner stand for, by kind and by name in lower case."""
    found: dict[tuple[str, str], set[str]] = {}
    for (kind, _), canonical in legacy_names().items():
        found.setdefault((kind, canonical.rpartition("/")[2].casefold()), set()).add(canonical)
    return {key: tuple(sorted(names)) for key, names in found.items()}


@rule(
    "hash-mismatch",
    level="error",
    fix="Do not load the file; fetch it anew, and find out where the other one came from.",
    references=["CWE-353", "CWE-494"],
)
def hash_mismatch(component: Component, view: View) -> Iterator[Reason]:
    """
    A file of a model has another digest than the one that is stated for it.

    It is damaged, of another version, or somebody has changed it.
    """
    for said in view.diagnostics(component, "hash-mismatch"):
        file = said.message.removeprefix(f"{component.name}: ").partition(" has the SHA-256 ")[0]
        yield Reason(said.message, None if said.location is None else (said.location,), about=(file,))


@rule(
    "hash-missing",
    level="info",
    fix="Keep a digest of each file yourself, and compare it before you load the file.",
    references=["CWE-353"],
)
def hash_missing(component: Component, view: View) -> Iterator[Reason]:
    """
    Nobody states a digest of a file with weights.

    Then nobody can tell whether the file that is loaded is the one that was looked at. Of a file that is fetched over
    plain HTTP it is a warning: whoever stands in between can change it, too.
    """
    if component.address and component.loose and view.used(component):
        plain = component.address.startswith("http://")
        host = urlsplit(component.address).hostname or "an address"
        text = f"{component.name} is fetched from {host}{' over plain HTTP' if plain else ''}, and no digest is known"
        yield Reason(text, level=Level.WARNING if plain else None, about=(component.address,))
    without = [f.path for f in component.files if f.format and not f.hashes]
    if without and view.used(component):
        more = f" and {len(without) - 3} more" if len(without) > 3 else ""  # noqa: PLR2004 - a line's length
        text = f"no digest is known of {', '.join(without[:3])}{more} of {component.name}"
        yield Reason(text, about=tuple(without))


@rule(
    "repository-gone",
    level="warning",
    fix="Find out whether it is gone, private, or needs a token; keep a copy of your own, and do not take another "
    "repository of the same name for it.",
    references=["https://huggingface.co/docs/hub/repositories-settings"],
)
def repository_gone(component: Component, view: View) -> Iterator[Reason]:
    """
    A hub does not give out the repository of a model or a dataset any more, or not to us.

    The name of a repository that is gone may be taken by somebody else, and the code would load what they publish.
    Whether a repository does not exist or is private cannot be told apart: then it is good to know, and no more.
    """
    for said in view.diagnostics(component, "hub-gone", "hub-disabled"):
        yield Reason(said.message, about=(said.code,))
    for said in view.diagnostics(component, "hub-not-accessible"):
        yield Reason(said.message, level=Level.INFO, about=(said.code,))


@rule(
    "revision-gone",
    level="warning",
    fix="Correct the revision; a commit that is gone may have been rewritten.",
    references=["https://huggingface.co/docs/huggingface_hub/guides/download"],
)
def revision_gone(component: Component, view: View) -> Iterator[Reason]:
    """
    A repository has no branch, tag or commit of the name that the code asks for.

    The code cannot load it, or loads a copy that lies about; nobody can look at what that was.
    """
    for said in view.diagnostics(component, "hub-no-revision"):
        yield Reason(said.message, about=(said.message,))


@rule(
    "repository-renamed",
    level="info",
    fix="Write the name that the repository has today.",
    references=["https://huggingface.co/docs/hub/repositories-settings#renaming-or-transferring-a-repo"],
)
def repository_renamed(component: Component, view: View) -> Iterator[Reason]:
    """
    The code asks for a model or a dataset by a name that its hub forwards to another one.

    A hub forwards an old name until somebody takes it. Where the owner changed too, it is a warning: whoever registers
    the old owner's name decides what the code loads.
    """
    if component.kind not in {Kind.MODEL, Kind.DATASET} or component.hosted or component.provider != "huggingface":
        return
    asked: dict[str, list[Location]] = {}
    for e in component.evidence:
        if e.requested and e.usage is not Usage.MENTION:
            asked.setdefault(e.requested, []).append(e.location)
    for name, places in sorted(asked.items()):
        old, slash, _ = name.partition("/")
        if not _ID.fullmatch(name) or name.casefold() == component.name.casefold():
            continue
        moved = bool(slash) and old.casefold() != (component.group or "").casefold()
        level, facts = (Level.WARNING, None) if moved else (None, ())
        yield Reason(f"{name} is {component.name} today", places, level, about=(name,), facts=facts)


_ID: Final = expression(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?")


@rule(
    "gated",
    level="info",
    fix="Accept the conditions with an account of the project, and keep a copy of what you accepted.",
    references=["https://huggingface.co/docs/hub/models-gated"],
)
def gated(component: Component, view: View) -> Iterator[Reason]:
    """
    A model or a dataset is given only to those who accept its conditions.

    They bind whoever accepted them, are no part of the licence, and may be refused to your users.
    """
    if component.hosted or not view.used(component):
        return
    facts = [f for f in component.card.all("gated") if f.value != "false"]
    if facts:
        yield Reason(f"{component.name} is gated: {facts[0].value} ({facts[0].source})", about=(facts[0].value,))
        return
    for said in view.diagnostics(component, "hub-gated"):
        yield Reason(said.message)


RULES: Final = (
    gated,
    hash_mismatch,
    hash_missing,
    image_unpinned,
    library_unpinned,
    name_of_another,
    repository_gone,
    repository_renamed,
    revision_gone,
    server_package_unpinned,
    tag_unpinned,
    unpinned_revision,
)
