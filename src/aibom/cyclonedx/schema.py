"""What the JSON schema of a document's own version says of it."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cyclonedx.schema import SchemaVersion
    from jsonschema_rs import Draft7Validator

__all__ = ["Schema", "schema_of"]

_PREFIX: Final = "http://cyclonedx.org/schema/"


@frozen
class Schema:
    """The strict schema of one version of CycloneDX."""

    _version: SchemaVersion
    _fast: Draft7Validator | None
    """Accepts or refuses in milliseconds; None where the extra ``fast`` is not installed."""

    def errors(self, document: Mapping[str, object], limit: int) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield the place and the message of the first *limit* errors."""
        if self._fast is not None and self._fast.is_valid(document):
            return
        # Says what is wrong and where. It takes two seconds to import, 25 ms for each URL, and time that is quadratic
        # in the number of components.
        from cyclonedx.validation.json import JsonStrictValidator

        exact = JsonStrictValidator(self._version)
        for error in islice(exact.validate_str(json.dumps(document), all_errors=True) or (), limit):
            yield tuple(error.data.absolute_path), error.data.message


@lru_cache(maxsize=16)
def schema_of(spec_version: str) -> Schema | None:
    """Return the schema of a version; None where the version has none for JSON."""
    from cyclonedx.schema import SchemaVersion

    try:
        version = SchemaVersion.from_version(spec_version)
    except ValueError:
        return None
    # The library also takes 1.6.1 for 1.6.
    if version.to_version() != spec_version or version <= SchemaVersion.V1_1:
        return None
    return Schema(version, _fast(version))


def _fast(version: SchemaVersion) -> Draft7Validator | None:
    try:
        import jsonschema_rs
        from cyclonedx.schema import _res as files  # Private, and without it there is only the slow way.
    except ImportError:
        return None
    schema = files.BOM_JSON_STRICT[version]
    assert schema is not None  # noqa: S101 - `schema_of` asks for versions that have one
    parts = {
        "spdx.SNAPSHOT.schema.json": files.SPDX_JSON,
        "jsf-0.82.SNAPSHOT.schema.json": files.JSF,
        "cryptography-defs.SNAPSHOT.schema.json": files.CRYPTOGRAPHY_DEFS,
    }
    registry = jsonschema_rs.Registry(
        [(_PREFIX + name, _read(path)) for name, path in parts.items()], draft=jsonschema_rs.Draft7
    )
    return jsonschema_rs.Draft7Validator(_read(schema), registry=registry, validate_formats=True)


def _read(path: str) -> dict[str, object]:
    schema: dict[str, object] = json.loads(Path(path).read_text(encoding="utf-8"))
    return schema
