"""What Terraform and OpenTofu deploy: models of clouds, variables of containers, images, and scripts of machines."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import names
from aibom.bill import Detection, Kind, Location, Usage
from aibom.commands import Environment, Given, Run, detections, image_of, of_set, runs
from aibom.protocols import FunctionDetector
from aibom.syntax.hcl import read
from aibom.syntax.shell import read as read_shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File
    from aibom.syntax.hcl import Attribute

__all__ = ["detect"]

_MOST_BYTES: Final = 2_000_000
_BESIDE: Final = ("variables.tf", "vars.tf", "locals.tf", "main.tf", "terraform.tfvars", "terraform.auto.tfvars")
_SCRIPTS: Final = frozenset(
    {
        "user_data",
        "inline",
        "command",
        "startup-script",
        "startup_script",
        "metadata_startup_script",
        "custom_data",
        "script",
    }
)
_ENVIRONMENTS: Final = frozenset(
    {"environment", "env", "variables", "environment_variables", "env_vars", "environment_vars"}
)
_LABELS: Final = frozenset({"tags", "labels", "default_tags", "tag", "annotations"})
_IMAGES: Final = frozenset({"image", "image_uri", "container_image", "image_name", "docker_image", "repository"})
_BEDROCK: Final = frozenset(
    {
        "model_id",
        "foundation_model",
        "base_model_identifier",
        "model_arn",
        "foundation_model_arn",
        "embedding_model_arn",
        "model_identifier",
        "bedrock_model_id",
    }
)


def _find(file: File) -> Iterator[Detection]:
    """Models, images and AI libraries that Terraform and OpenTofu deploy; variables and locals are followed."""
    if len(file.bytes) <= _MOST_BYTES:
        yield from _Reader(file).found()


class _Reader:
    """Reads one file."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.attributes = read(file.text)
        self.env = Environment()
        for name in _BESIDE:
            other = file.sibling(name)
            if other is not None and other.path != file.path and len(other.bytes) <= _MOST_BYTES:
                self._fill(other.path, read(other.text))
        self._fill(file.path, self.attributes)

    def _fill(self, path: str, attributes: tuple[Attribute, ...]) -> None:
        for attribute in attributes:
            match attribute.keys:
                case ("variable", name, "default"):
                    if f"var.{name}" not in self.env.values:
                        self.env.set(f"var.{name}", self._expand(attribute, path))
                case ("locals", *rest) if rest:
                    self.env.set("local." + ".".join(rest), self._expand(attribute, path))
                case (name,) if path.endswith(".tfvars"):
                    self.env.set(f"var.{name}", self._expand(attribute, path))
                case _:
                    pass

    def _expand(self, attribute: Attribute, path: str) -> list[Given]:
        return self.env.expand(attribute.word, path)

    def found(self) -> Iterator[Detection]:
        beside: dict[tuple[str, ...], dict[str, Attribute]] = defaultdict(dict)
        for attribute in self.attributes:
            beside[attribute.keys[:-1]][attribute.keys[-1]] = attribute
        for attribute in self.attributes:
            yield from self._one(attribute, beside[attribute.keys[:-1]])

    def _one(  # noqa: C901, PLR0912 - one branch for each kind of attribute
        self, attribute: Attribute, beside: dict[str, Attribute]
    ) -> Iterator[Detection]:
        keys, last = attribute.keys, attribute.keys[-1]
        kind = keys[1] if keys[0] in {"resource", "data"} and len(keys) > 1 else ""
        if attribute.document:
            if last in _SCRIPTS or last in _ENVIRONMENTS:
                yield from detections(runs(read_shell(attribute.document), self.file.path, Environment()))
            return
        if _LABELS & set(keys[:-1]):
            return
        values = self._expand(attribute, self.file.path)
        symbol = ".".join(keys)
        at = Location(self.file.path, attribute.line, attribute.column)
        if last in _IMAGES:
            for value in values:
                yield from image_of(value, Run((), at), symbol)
        elif last in _SCRIPTS and keys[0] != "variable":
            for value in values:
                place = value.place()
                from aibom.syntax.shell import lines_of

                script = read_shell(lines_of(value.text, max(place.line, 1), max(place.column, 1)))
                yield from detections(runs(script, place.path, Environment()))
        elif kind.startswith(("aws_bedrock", "awscc_bedrock")) and last in _BEDROCK:
            yield from self._hosted(values, "bedrock", symbol, at)
        elif "cognitive_deployment" in kind and keys[-2:] == ("model", "name"):
            version = beside.get("version")
            for found in self._hosted(values, "azure", symbol, at):
                yield evolve(found, revision=version.word.plain if version is not None else None)
        elif last in {"hugging_face_model_id", "huggingface_model_id", "hf_model_id"} or (
            last == "publisher_model_name" and "vertex" in kind
        ):
            for value in values:
                yield from self._garden(value, symbol, at)
        elif last == "value" and "name" in beside:
            name = beside["name"].word.plain or ""
            yield from of_set(name, values, symbol=f"{symbol}.{name}")
        elif set(keys[:-1]) & _ENVIRONMENTS or (keys[0] == "locals" and len(keys) > 1):
            yield from of_set(last, values, symbol=symbol)
        elif keys[0] == "variable" and last == "default":
            yield from of_set(keys[1], values, symbol=symbol)
        elif len(keys) == 1 and self.file.name.endswith(".tfvars"):
            example = "example" in self.file.name
            yield from of_set(last, values, symbol=symbol, usage=Usage.OPTIONAL if example else Usage.USED)
        elif keys[0] in {"module", "resource"}:
            yield from of_set(last, values, symbol=symbol)

    def _hosted(self, values: list[Given], provider: str, symbol: str, at: Location) -> Iterator[Detection]:
        for value in values:
            text = value.text.rpartition("foundation-model/")[2]
            named = names.read_hosted(text, provider) if value.known and text else None
            if named is not None and not re.search(r"[${}*]", named.name):
                yield self._detection(named, value, symbol, at)

    def _garden(self, value: Given, symbol: str, at: Location) -> Iterator[Detection]:
        if not value.known:
            return
        if found := re.fullmatch(r"publishers/([\w-]+)/models/([\w.-]+(?:@[\w.-]+)?)", value.text):
            publisher = found[1].removeprefix("hf-")
            hub = found[1].startswith("hf-")
            named: names.Named | None = names.Named(
                Kind.MODEL, "huggingface" if hub else "vertex", f"{publisher}/{found[2]}", hosted=not hub
            )
        else:
            named = names.read_name(value.text, Kind.MODEL)
        if named is not None and named.provider != "local":
            yield self._detection(named, value, symbol, at)

    def _detection(self, named: names.Named, value: Given, symbol: str, here: Location) -> Detection:
        at = value.place()
        return Detection(
            named.kind,
            named.name,
            at,
            named.provider,
            revision=named.revision,
            usage=Usage.MENTION
            if names.is_placeholder(named.name)
            else Usage.OPTIONAL
            if value.optional
            else Usage.USED,
            symbol=symbol,
            confidence=0.9,
            hosted=named.hosted,
            reaches=() if (at.path, at.line) == (here.path, here.line) else (here,),
        )


_HINTS: Final = (
    r"(?i:model|llm|embed|hf_|huggingface|hf\.co|ollama|vllm|bedrock|openai|whisper|llama|pytorch|tensorflow|chroma|qdrant|milvus)",
)

detect = FunctionDetector(
    "terraform", (_find.__doc__ or "").strip(), ("*.tf", "*.tofu", "*.tfvars", "*.tfvars.example"), _HINTS, _find
)
