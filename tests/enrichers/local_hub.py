"""A hub of our own: real sockets, the addresses of the Hugging Face Hub, and every fault that it may show."""

from __future__ import annotations

import asyncio
import json
from hashlib import sha1
from typing import Any
from urllib.parse import parse_qs, unquote

from attrs import define, field
from tests.enrichers.serving import Message, Receive, Send

COMMIT = "0123456789abcdef0123456789abcdef01234567"

Fault = tuple[int, dict[str, str], bytes]


def commit_of(name: str) -> str:
    """Return the commit at which our hub has *name*."""
    return sha1(name.encode()).hexdigest()


@define
class LocalHub:
    """What the hub has, and what it was asked."""

    models: dict[str, dict[str, Any]] = field(factory=dict)
    datasets: dict[str, dict[str, Any]] = field(factory=dict)
    files: dict[str, bytes] = field(factory=dict)
    """By ``name/path``; those of a dataset by ``datasets/name/path``."""
    moved: dict[str, str] = field(factory=dict)
    faults: dict[str, list[Fault | str]] = field(factory=dict)
    """What happens to the next requests for a path, one after the other; the last one stays."""
    delay: float = 0.0
    asked: list[str] = field(factory=list)
    headers: list[dict[str, str]] = field(factory=list)
    url: str = ""
    prefix: str = ""
    """The path below which it lies."""

    def add(self, name: str, *, card: str | None = None, dataset: bool = False, **more: object) -> dict[str, Any]:
        """Put a repository there, with a record of the usual form."""
        siblings = [{"rfilename": "README.md"}] if card is not None else []
        record = {
            "id": name,
            "modelId": name,
            "author": name.partition("/")[0] if "/" in name else None,
            "sha": commit_of(name),
            "private": False,
            "gated": False,
            "disabled": False,
            "downloads": 5,
            "likes": 2,
            "tags": [],
            "lastModified": "2026-01-02T03:04:05.000Z",
            "createdAt": "2025-01-02T03:04:05.000Z",
            "siblings": siblings,
            **more,
        }
        (self.datasets if dataset else self.models)[name] = record
        if card is not None:
            self.files[("datasets/" if dataset else "") + f"{name}/README.md"] = card.encode()
        return record

    # -- ASGI --------------------------------------------------------------------------------------

    async def __call__(self, scope: Message, _receive: Receive, send: Send, /) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        path = unquote(scope["raw_path"].decode())
        query = parse_qs(scope["query_string"].decode())
        self.asked.append(path)
        path = path.removeprefix(self.prefix)
        self.headers.append({k.decode().lower(): v.decode() for k, v in scope["headers"]})
        if self.delay:
            await asyncio.sleep(self.delay)
        fault = self._fault(path)
        if isinstance(fault, str):
            await self._break(fault, send)
            return
        status, headers, body = fault or self._answer(path, query)
        sent = [(b"content-length", str(len(body)).encode()), *((k.encode(), v.encode()) for k, v in headers.items())]
        await send({"type": "http.response.start", "status": status, "headers": sent})
        await send({"type": "http.response.body", "body": body})

    def _fault(self, path: str) -> Fault | str | None:
        waiting = self.faults.get(path) or self.faults.get("*")
        if not waiting:
            return None
        fault = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return None if fault == "none" else fault

    async def _break(self, fault: str, send: Send) -> None:
        """Answer with what is no whole answer."""
        length = b"1000" if fault in {"truncated", "drop", "drip"} else b"4"
        start = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]}
        if fault == "drop":
            raise ConnectionAbortedError  # uvicorn closes the connection.
        await send(start)
        if fault == "drip":  # A byte at a time, so that no time-out of reading is met.
            for _ in range(4):
                await asyncio.sleep(0.3)
                await send({"type": "http.response.body", "body": b" ", "more_body": True})
            raise ConnectionAbortedError
        if fault == "slow":
            await asyncio.sleep(3)
            await send({"type": "http.response.body", "body": b"null"})
        else:
            await send({"type": "http.response.body", "body": b'{"id":', "more_body": True})
            raise ConnectionAbortedError

    def _answer(self, path: str, query: dict[str, list[str]]) -> Fault:
        parts = path.strip("/").split("/")
        if parts[:1] == ["api"] and len(parts) == 2:
            return self._listed(parts[1], query)
        if parts[:1] == ["api"] and parts[-1] == "croissant":
            content = self.files.get("/".join([*parts[1:-1], "croissant"]))
            return (404, {}, b"{}") if content is None else (200, {}, content)
        if parts[:1] == ["api"]:
            kind, rest = parts[1], parts[2:]
            revision = ""
            if "revision" in rest:
                at = rest.index("revision")
                rest, revision = rest[:at], "/".join(rest[at + 1 :])
            return self._info(kind, "/".join(rest), revision, path)
        return self._file(path.strip("/"))

    def _info(self, kind: str, name: str, revision: str, path: str) -> Fault:
        there = self.datasets if kind == "datasets" else self.models
        if name in self.moved:
            return 307, {"location": self.prefix + path.replace(name, self.moved[name])}, b""
        record = there.get(name)
        if record is None:
            return 401, {"x-error-message": "Invalid username or password."}, b'{"error":"x"}'
        known = {"", "main", record.get("sha"), *record.get("_revisions", {})}
        if revision not in known:
            return 404, {"x-error-code": "RevisionNotFound"}, b'{"error":"Invalid rev id"}'
        shown = {k: v for k, v in record.items() if not k.startswith("_")}
        shown["sha"] = record.get("_revisions", {}).get(revision, record.get("sha"))
        return 200, {"content-type": "application/json"}, json.dumps(shown).encode()

    def _listed(self, kind: str, query: dict[str, list[str]]) -> Fault:
        there = self.datasets if kind == "datasets" else self.models
        author = query["author"][0]
        names = sorted(n for n in there if n.startswith(author + "/"))
        limit, start = int(query["limit"][0]), int(query.get("cursor", ["0"])[0])
        wanted = {"id", *query.get("expand", [])}
        page = [{k: v for k, v in there[n].items() if k in wanted} for n in names[start : start + limit]]
        headers = {}
        if start + limit < len(names):
            headers["link"] = (
                f'<{self.url}/api/{kind}?author={author}&limit={limit}&cursor={start + limit}>; rel="next"'
            )
        return 200, headers, json.dumps(page).encode()

    def _file(self, path: str) -> Fault:
        name, _, rest = path.partition("/resolve/")
        revision, _, file = rest.partition("/")
        content = self.files.get(f"{name}/{file}")
        if content is None:
            return 404, {"x-error-code": "EntryNotFound"}, b"Entry not found"
        return 200, {"x-repo-commit": revision}, content
