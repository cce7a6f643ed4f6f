"""One module for each source of knowledge about a component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aibom.asking.threads import WORKERS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from aibom.protocols import Enricher

__all__ = ["builtin"]


def builtin(
    *,
    root: str | os.PathLike[str] | None = None,
    offline: bool = False,
    cache: str | os.PathLike[str] | None = None,
    token: str | bool | None = None,
    workers: int = WORKERS,
    wait: Callable[[float], bool] | None = None,
    progress: Callable[[int, int], object] | None = None,
    notices: bool | str | os.PathLike[str] = False,
) -> tuple[Enricher, ...]:
    """
    Return aibom's own enrichers, in the order in which they are asked.

    *root* is the tree that was scanned, for those that look at its files. With *offline* none of them uses the network.
    *cache* is the file in which answers are kept; that of the platform unless it is given. A *token* is sent to the
    Hub's own endpoint and nowhere else; without one none is sent; True means the one that is saved on the machine. So
    many *workers* ask at once. *wait* is asked before a quota is waited for, with the seconds that it takes; when it
    answers False, nothing is waited for. *progress* is called with the number of questions of one round that have an
    answer, and of all. With *notices* osv.dev is asked about libraries too, or the dump of it that *notices* is the
    path of is read.
    """
    from aibom.enrichers.digests import Digests
    from aibom.enrichers.hf_cache import HuggingFaceCache
    from aibom.enrichers.hosted_models import HostedModels
    from aibom.enrichers.huggingface import HuggingFace
    from aibom.enrichers.libraries import Libraries
    from aibom.enrichers.local_card import LocalCard
    from aibom.enrichers.ollama import Ollama

    own: tuple[Enricher, ...] = (
        LocalCard(root),
        Libraries(root),
        HostedModels(),
        Ollama(),
        HuggingFaceCache(),
        HuggingFace(token=token, cache=cache, offline=offline, workers=workers, wait=wait, progress=progress),
        Digests(),
    )
    if not notices:
        return own
    from aibom.enrichers.osv import OSV

    dump = None if notices is True else notices
    return (*own, OSV(cache=cache, offline=offline, dump=dump, workers=workers, wait=wait))
