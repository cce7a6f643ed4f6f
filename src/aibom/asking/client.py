"""Ask a hub over huggingface_hub's transport, with limits on time, size and waiting."""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit, urlunsplit

from attrs import frozen

from aibom.asking.cache import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Away", "Hub", "RateLimited", "default_endpoint", "without_user"]

CONNECT: Final = 10.0
READ: Final = 20.0
WHOLE: Final = 90.0
"""Seconds that one answer may take as a whole; a server that sends a byte at a time is no reason to hang."""
LARGEST: Final = 32 * 1024 * 1024
"""The most bytes of one answer."""
TRIES: Final = 4
LONGEST_WAIT: Final = 310.0
"""The most seconds that are waited for a quota: the Hub's window is five minutes."""
_RETRIED: Final = frozenset({408, 429, 500, 502, 503, 504})
_TOO_MANY: Final = 429
_REDIRECTS: Final = 5
_BACKOFF = 1.0
"""Seconds before the second try; twice as many before the third."""
_PATIENCE: Final = 3
"""After so many requests in a row that reach no server, the others are not sent."""


class Away(Exception):  # noqa: N818 - it says what holds
    """The hub could not be reached, or did not answer in a way that can be read. The message says why."""


class RateLimited(Away):
    """The quota is used up, and waiting for it was refused or would take too long."""


def default_endpoint() -> str:
    """Return the hub that the user means: ``HF_ENDPOINT``, as huggingface_hub reads it, else huggingface.co."""
    return (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")


def without_user(url: str) -> str:
    """
    Return *url* without user and password, query and fragment: fit to be shown.

    >>> without_user("https://me:secret@hub.example:8443/hf?x=1")
    'https://hub.example:8443/hf'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


@frozen
class _Library:
    """The HTTP library of the huggingface_hub that is installed: httpx before its release 2, httpx2 since."""

    client: type[Any]
    timeout: type[Any]
    error: type[Exception]
    connect: tuple[type[Exception], ...]


def _library() -> _Library:
    from huggingface_hub import get_session

    kind = type(get_session())
    module = sys.modules[kind.__module__.partition(".")[0]]
    return _Library(
        kind, module.Timeout, module.HTTPError, (module.ConnectError, module.ConnectTimeout, module.ProxyError)
    )


class Hub:
    """
    One hub, asked by one user.

    No telemetry is sent, and no *token* but the one given, to *endpoint* alone. *wait* is asked before a quota is
    waited for, with the seconds that it takes: when it answers False, nothing is waited for.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        token: str | None = None,
        wait: Callable[[float], bool] = lambda _seconds: True,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.endpoint = endpoint.rstrip("/")
        self.requests = 0
        """How many were sent, retries and redirects too."""
        self._wait = wait
        self._sleep = sleep
        self._lock = threading.Lock()
        self._refused = False
        self._failed = 0
        self._why = ""
        self._until = 0.0
        self._library = _library()
        from huggingface_hub import __version__ as version

        headers = {"user-agent": f"aibom; hf_hub/{version}", "accept-encoding": "gzip, deflate"}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        # follow_redirects is ours: what leaves the endpoint goes without the token.
        self._client = self._library.client(
            headers=headers, timeout=self._library.timeout(READ, connect=CONNECT), follow_redirects=False
        )
        self._bare = self._library.client(
            headers={k: v for k, v in headers.items() if k != "authorization"},
            timeout=self._library.timeout(READ, connect=CONNECT),
            follow_redirects=False,
        )

    @property
    def away(self) -> bool:
        """Whether the hub was not reached so often that it is not asked any more."""
        return self._failed >= _PATIENCE

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._bare.close()

    def get(self, address: str) -> Answer:
        """
        Return the hub's answer for *address*, a path below its endpoint with its query, escaped.

        A refusal of the hub is an answer too. `Away` when there is none: no connection, no end, no quota, or a failure
        of the server after several tries.
        """
        return _answer(*self._answered(self.endpoint + address))

    def post(self, address: str, body: bytes) -> Answer:
        """Return the answer to *body*, which is JSON, as `get` does; redirects are not followed."""
        return _answer(*self._answered(self.endpoint + address, body))

    def page(self, address: str) -> tuple[Answer, str | None]:
        """Return one page of a list, and the address of the next one; None after the last."""
        response, body = self._answered(self.endpoint + address)
        following = response.links.get("next", {}).get("url")
        if following is None:
            return _answer(response, body), None
        url = str(response.url.join(following))
        # What is on another host is none of ours, whatever the answer says.
        below = url.removeprefix(self.endpoint) if url.startswith(self.endpoint + "/") else None
        return _answer(response, body), below

    def _answered(self, url: str, posted: bytes | None = None) -> tuple[Any, bytes]:
        why = ""
        for attempt in range(TRIES):
            if self.away:
                raise Away(self._why)
            self._respect_quota()
            try:
                response, body = self._sent(url, posted)
            except self._library.connect as error:
                self._why = why = f"no connection: {type(error).__name__}"
                self._note(reached=False)
            except self._library.error as error:
                self._note(reached=True)
                why = f"no whole answer: {type(error).__name__}"
            else:
                self._note(reached=True)
                if response.status_code not in _RETRIED:
                    return response, body
                why = f"HTTP {response.status_code}"
                if response.status_code == _TOO_MANY:
                    self._out_of_quota(response)
                    continue
            if attempt + 1 < TRIES and not self.away:
                self._sleep(_BACKOFF * 2.0**attempt * random.uniform(0.5, 1.0))  # noqa: S311 - so that threads part
        if why == f"HTTP {_TOO_MANY}":
            raise RateLimited("the quota stays used up")
        raise Away(why)

    def _note(self, *, reached: bool) -> None:
        with self._lock:
            self._failed = 0 if reached else self._failed + 1

    def _sent(self, url: str, posted: bytes | None) -> tuple[Any, bytes]:
        """Send one request, follow its redirects, and return the response and its body, of a bounded size."""
        client = self._client
        own = urlsplit(self.endpoint)[:2]
        for _ in range(_REDIRECTS):
            with self._lock:
                self.requests += 1
            began = time.monotonic()
            method, headers = ("GET", {}) if posted is None else ("POST", {"content-type": "application/json"})
            with client.stream(method, url, content=posted, headers=headers) as response:
                location = response.headers.get("location")
                if posted is None and response.has_redirect_location and location is not None:
                    url = str(response.url.join(location))
                    if urlsplit(url).scheme not in {"http", "https"} or (
                        own[0] == "https" and urlsplit(url).scheme != "https"
                    ):
                        raise Away("it redirects to where the connection is not safe")
                    client = self._client if urlsplit(url)[:2] == own else self._bare
                    continue
                chunks = []
                size = 0
                for chunk in response.iter_bytes():
                    size += len(chunk)
                    if size > LARGEST:
                        raise Away(f"the answer has more than {LARGEST} bytes")
                    if time.monotonic() - began > WHOLE:
                        raise Away(f"the answer takes more than {WHOLE:.0f} s")
                    chunks.append(chunk)
                return response, b"".join(chunks)
        raise Away("it redirects in a circle")

    # -- quotas ------------------------------------------------------------------------------------

    def _respect_quota(self) -> None:
        """Wait until the quota is there again, when another thread met its end."""
        seconds = self._until - time.monotonic()
        if seconds > 0 and not self._refused:
            self._sleep(seconds)
        if self._refused:
            raise RateLimited("the quota is used up, and it was not to be waited for")

    def _out_of_quota(self, response: Any) -> None:  # noqa: ANN401 - of either library
        seconds = _seconds(response.headers)
        with self._lock:
            if self._until - time.monotonic() > seconds - 1:
                return  # Another thread has announced it.
            if self._refused or seconds > LONGEST_WAIT or not self._wait(seconds):
                self._refused = True
                raise RateLimited(f"the quota is used up for {seconds:.0f} s, and it was not to be waited for")
            self._until = time.monotonic() + seconds


def _seconds(headers: Mapping[str, str]) -> float:
    """Return how long the server asks to wait: by RateLimit, else by Retry-After, else some seconds."""
    from huggingface_hub.utils._http import parse_ratelimit_headers

    limit = parse_ratelimit_headers(headers)
    if limit is not None and limit.remaining == 0:
        return limit.reset_in_seconds + 1.0
    try:
        return max(1.0, float(headers.get("retry-after", "5")))
    except ValueError:  # A date.
        return 5.0


def _answer(response: Any, body: bytes) -> Answer:  # noqa: ANN401 - of either library
    headers = response.headers
    code = headers.get("x-error-code") or ""
    if headers.get("x-error-message") == "Access to this resource is disabled.":  # As huggingface_hub tells it.
        code = "DisabledRepo"
    return Answer(
        response.status_code,
        body,
        commit=headers.get("x-repo-commit") or "",
        code=code,
        asked=time.time(),
        canonical="",
    )
