"""Read the names of images of containers: those that serve models or keep vectors."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom import names
from aibom.bill import Detection, Kind
from aibom.commands.claims import claim, usage
from aibom.commands.running import HOLE
from aibom.expressions import expression
from aibom.knowledge import images

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aibom.commands.running import Given, Run
    from aibom.knowledge import Image as ImageRow

__all__ = ["Image", "image_of", "read_image"]


@frozen
class Image:
    """An image of a container that counts as AI."""

    row: ImageRow
    name: str
    """As written, without its tag."""
    tag: str | None


_TAGGED: Final = expression(
    r"(?:docker://)?(?P<name>[A-Za-z0-9][\w.-]*(?::\d+)?(?:/[\w.*-]+)*)(?::(?P<tag>[\w.\0-]+))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?"
)


def read_image(text: str) -> Image | None:
    """
    Return the image that *text* names, if it is one that serves models or keeps vectors.

    >>> read_image("vllm/vllm-openai:v0.6.3").tag, read_image("python:3.12-slim")
    ('v0.6.3', None)
    """
    found = _TAGGED.fullmatch(text.strip())
    if found is None:
        return None
    name = found["name"].removeprefix("docker.io/").removeprefix("index.docker.io/")
    row = next((i for i in images() if fnmatchcase(name, i.name)), None)
    tag = found["digest"] or found["tag"]
    return Image(row, name, tag if tag is None or HOLE not in tag else None) if row is not None else None


_NIM: Final = expression(r"nvcr\.io/nim/(?P<name>[\w.-]+/[\w.-]+)(?::(?P<tag>[\w.-]+))?")


def image_of(value: Given, run: Run, symbol: str = "image", ports: Sequence[str] = ()) -> Iterator[Detection]:
    """
    Yield the library that an image is, or the model that one of NVIDIA's NIM images holds.

    *ports* are those that are published, as docker writes them.
    """
    published = [("published", port) for port in ports if names.is_published(port)]
    if nim := _NIM.fullmatch(value.text.strip()):
        named = names.Named(Kind.MODEL, "ngc", f"nim/{nim['name']}", nim["tag"])
        yield claim(named, value, run, symbol, confidence=0.9, context=published)
        return
    image = read_image(value.text)
    if image is not None:
        yield Detection(
            Kind.LIBRARY,
            image.name,
            value.place(),
            "docker",
            version=image.tag,
            usage=usage(run, value),
            symbol=symbol,
            properties=[("category", image.row.category)],
            context=published,
        )
