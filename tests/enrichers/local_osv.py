"""A server of our own with the addresses of osv.dev, records that we wrote, and the faults that it may show."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from attrs import define, field
from tests.enrichers.serving import Message, Receive, Send


def notice(id_: str, name: str, *, ecosystem: str = "PyPI", fixed: str = "2.0.0", **more: object) -> dict[str, Any]:
    """Return a record of the OSV schema about everything before *fixed*."""
    kind = "SEMVER" if ecosystem in {"npm", "Go", "crates.io"} else "ECOSYSTEM"
    return {
        "schema_version": "1.7.0",
        "id": id_,
        "modified": "2026-11-20T10:00:00Z",
        "published": "2026-11-01T10:00:00Z",
        "summary": f"{name} does what it should not",
        "affected": [
            {
                "package": {"ecosystem": ecosystem, "name": name},
                "ranges": [{"type": kind, "events": [{"introduced": "0"}, {"fixed": fixed}]}],
            }
        ],
        **more,
    }


@define
class LocalOSV:
    """What the server has, by ecosystem/name@version, and what it was asked."""

    about: dict[str, list[str]] = field(factory=dict)
    records: dict[str, dict[str, Any]] = field(factory=dict)
    page: int = 100
    faults: dict[str, list[tuple[int, bytes]]] = field(factory=dict)
    """What happens to the next requests for a path; the last one stays."""
    asked: list[str] = field(factory=list)
    bodies: list[Any] = field(factory=list)
    headers: list[dict[str, str]] = field(factory=list)
    url: str = ""

    def add(self, record: dict[str, Any], *libraries: str) -> None:
        """Put *record* there, as about *libraries*."""
        self.records[record["id"]] = record
        for library in libraries:
            self.about.setdefault(library, []).append(record["id"])

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = unquote(scope["raw_path"].decode())
        self.asked.append(path)
        self.headers.append({k.decode().lower(): v.decode() for k, v in scope["headers"]})
        body = b""
        while scope["method"] == "POST":
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        waiting = self.faults.get(path)
        if waiting:
            status, answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        else:
            status, answer = self._answer(path, body)
        length = [(b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": length})
        await send({"type": "http.response.body", "body": answer})

    def _answer(self, path: str, body: bytes) -> tuple[int, bytes]:
        if path == "/v1/querybatch":
            queries = json.loads(body)["queries"]
            self.bodies.append(queries)
            return 200, json.dumps({"results": [self._result(q) for q in queries]}).encode()
        record = self.records.get(path.removeprefix("/v1/vulns/"))
        return (404, b"{}") if record is None else (200, json.dumps(record).encode())

    def _result(self, query: dict[str, Any]) -> dict[str, Any]:
        package = query["package"]
        ids = self.about.get(f"{package['ecosystem']}/{package['name']}@{query['version']}", [])
        start = int(query.get("page_token", "0"))
        page = [{"id": i, "modified": self.records[i]["modified"]} for i in ids[start : start + self.page]]
        more = {"next_page_token": str(start + self.page)} if start + self.page < len(ids) else {}
        return {"vulns": page, **more} if page else {}
