"""A CycloneDX document in another format or of another version: nothing is lost, nothing is added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Never, cast

from aibom.cyclonedx.document import to_document
from aibom.cyclonedx.versions import as_version
from aibom.errors import DocumentError

if TYPE_CHECKING:
    from datetime import datetime

    from aibom.bill import Bill

__all__ = ["FORMATS", "convert", "is_xml", "made_at", "read_document", "to_xml"]

FORMATS: Final = ("json", "xml")
"""The formats of CycloneDX."""


def convert(
    document: Mapping[str, object] | str | bytes,
    format: str = "json",  # noqa: A002 - the users' word
    *,
    spec_version: str | None = None,
) -> str:
    """
    Return the text of *document*, in JSON, in XML or as read from JSON, in *format*: ``json`` or ``xml``.

    *spec_version* is ``1.5``, ``1.6`` or ``1.7``; the document's own unless it is given. Documents of 1.2 to 1.4 can be
    converted to these. The document itself is converted: its order, serial number, version, metadata and what aibom
    does not know stay, and nothing is added. What a version has no place for moves to properties ``aibom:from:…``, and
    back from them where it has one.

    `DocumentError`, with the place, for what is no CycloneDX of these versions and for what XML cannot hold, such as a
    signature; the JSON would be valid, but the signature would not.

    >>> print(convert({"bomFormat": "CycloneDX", "specVersion": "1.6"}, "xml", spec_version="1.7"), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <bom xmlns="http://cyclonedx.org/schema/bom/1.7"/>
    """
    if format not in FORMATS:
        raise DocumentError(f"aibom converts to {' and '.join(FORMATS)}, not to {format!r}")
    read = document if isinstance(document, Mapping) else read_document(document)
    xml = format == "xml"
    wanted = as_version(read, spec_version or str(read.get("specVersion")), xml=xml)
    return _xml(wanted) if xml else _json(wanted)


def to_xml(bill: Bill, *, timestamp: datetime | None = None, mentions: bool = False, spec_version: str = "1.6") -> str:
    """
    Return *bill* as the text of a CycloneDX document in XML; the arguments are those of `to_document`.

    It says what the JSON of the same version says.
    """
    document = to_document(bill, timestamp=timestamp, mentions=mentions, spec_version=spec_version)
    # From 1.6 on XML has a place for all that we write in JSON.
    return _xml(as_version(document, spec_version, xml=True) if spec_version == "1.5" else document)


def is_xml(text: str | bytes) -> bool:
    """Tell whether *text* begins as XML does, and not as JSON."""
    if isinstance(text, str):
        return text.lstrip("\ufeff \t\r\n").startswith("<")
    # UTF-16 has a mark at its start, or zero bytes between those of ASCII.
    return text.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def read_document(text: str | bytes) -> dict[str, object]:
    """Return the CycloneDX document in *text*, JSON or XML; `DocumentError` when there is none."""
    if is_xml(text):
        from aibom.cyclonedx.xml import load

        return load(text)
    try:
        # A byte order mark is no part of JSON.
        parsed = json.loads(text.removeprefix("\ufeff") if isinstance(text, str) else text, parse_constant=_refuse)
    except ValueError as error:
        raise DocumentError(f"this is no CycloneDX document: it is not JSON: {error}") from None
    except RecursionError:
        raise DocumentError("this is no CycloneDX document: it is nested too deeply") from None
    if not isinstance(parsed, dict) or parsed.get("bomFormat") != "CycloneDX":
        raise DocumentError("this is no CycloneDX document: its bomFormat is not 'CycloneDX'")
    return cast("dict[str, object]", parsed)


def made_at(document: Mapping[str, object]) -> datetime | None:
    """
    Return the time that *document* states; None when it states none, or none with a zone.

    >>> made_at({"metadata": {"timestamp": "2026-01-01T00:00:00Z"}}).year
    2026
    """
    from datetime import datetime

    metadata = document.get("metadata")
    stated = metadata.get("timestamp") if isinstance(metadata, Mapping) else None
    try:
        found = datetime.fromisoformat(stated) if isinstance(stated, str) else None
    except ValueError:
        return None
    return None if found is None or found.utcoffset() is None else found


def _refuse(constant: str) -> Never:
    msg = f"{constant} is no number of JSON"
    raise ValueError(msg)


def _json(document: Mapping[str, object]) -> str:
    try:
        return json.dumps(document, indent=2, allow_nan=False) + "\n"
    except (TypeError, ValueError) as error:
        raise DocumentError(f"the document cannot be written as JSON: {error}") from None


def _xml(document: Mapping[str, object]) -> str:
    from aibom.cyclonedx.xml import dump  # XML modules are loaded when they are used.

    return dump(document)
