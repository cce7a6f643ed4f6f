"""Ask a hub over huggingface_hub's transport, with limits on time, size and waiting."""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit, urlunsplit

from attrs import frozen

from aibom.asking.cache import Answer
from aibom.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Away", "Hub", "RateLimited", "default_endpoint", "saved_token", "without_user"]

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
_ENDURANCE: Final = 100
"""After so many failures in a row of a server that is reached, each question is asked once; after three times as many,
the others are not asked: some odd repositories are no reason to stop."""


class Away(Exception):  # noqa: N818 - it says what holds
    """The hub could not be reached, or did not answer in a way that can be read. The message says why."""


class RateLimited(Away):
    """The quota is used up, and waiting for it was refused or would take too long."""


def default_endpoint() -> str:
    """Return the hub that the user means: ``HF_ENDPOINT``, as huggingface_hub reads it, else huggingface.co."""
    return (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")


def saved_token() -> str:
    """
    Return the token that huggingface_hub would send: that of the environment, else the one that is saved.

    `TargetError` when there is none.
    """
    from huggingface_hub import get_token

    token = get_token()
    if not token:
        raise TargetError("no token is saved on this machine: log in with `hf auth login`, or set HF_TOKEN")
    return token


def without_user(url: str) -> str:
    """
    Return *url* without user and password, query and fragment, its host in lower case: fit to be shown and compared.

    >>> without_user("https://me:secret@hub.example:8443/hf?x=1")
    'https://hub.example:8443/hf'
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # It is no address at all.
        return url.rpartition("@")[2]
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2].lower(), parts.path, "", ""))


def _server(url: str) -> tuple[str, str | None, int | None] | None:
    """Return which server *url* is of: scheme, host and port; None where it is no address of one."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.scheme in {"http", "https"} and parts.hostname else None


@frozen
class _Library:
    """The HTTP library of the huggingface_hub that is installed: httpx before its release 2, httpx2 since."""

    client: type[Any]
    timeout: type[Any]
    error: type[Exception]
    odd: type[Exception]
    """What is raised for an address that is none."""
    connect: tuple[type[Exception], ...]


def _library() -> _Library:
    from huggingface_hub import get_session

    kind = type(get_session())
    module = sys.modules[kind.__module__.partition(".")[0]]
    return _Library(
        kind,
        module.Timeout,
        module.HTTPError,
        module.InvalidURL,
        (module.ConnectError, module.ConnectTimeout, module.ProxyError),
    )


class Hub:
    """
    One hub, asked by one user.

    No telemetry is sent, and no *token* but the one given, to *endpoint* alone. *wait* is asked before a quota is
    waited for, with the seconds that it takes: when it answers False, nothing is waited for. *sleep* waits so many
    seconds; without it, until `stop` at the most.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        token: str | None = None,
        wait: Callable[[float], bool] = lambda _seconds: True,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self.endpoint = endpoint.rstrip("/")
        self.requests = 0
        """How many were sent, retries and redirects too."""
        self._wait = wait
        self._stopped = threading.Event()
        self._sleep = self._stopped.wait if sleep is None else sleep
        self._lock = threading.Lock()
        self._refused = False
        self._spent = 0
        """How often in a row the quota was used up and not waited for."""
        self._unreached = 0
        self._failed = 0
        self._why = ""
        self._until = 0.0
        self._waited = 0.0
        """Seconds that were waited for quotas since the last answer."""
        self._server = _server(self.endpoint)
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
        """Whether the hub was not reached, or has failed, so often that it is not asked any more."""
        return self._unreached >= _PATIENCE or self._failed >= 3 * _ENDURANCE

    def stop(self) -> None:
        """Send nothing more and wait for nothing more: whoever asks from another thread is told so at once."""
        self._stopped.set()

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
        try:
            following = response.links.get("next", {}).get("url")
            if following is None:
                return _answer(response, body), None
            url = str(response.url.join(following))
        except (self._library.odd, ValueError):  # What is no address is no page.
            return _answer(response, body), None
        # What is on another host is none of ours, whatever the answer says. A host may be typed in capitals.
        start = str(response.url.join(f"{self.endpoint}/"))
        below = url.removeprefix(start.rstrip("/")) if url.startswith(start) else None
        return _answer(response, body), below

    def _answered(self, url: str, posted: bytes | None = None) -> tuple[Any, bytes]:
        if self._server is None:
            raise Away("that is no address of a hub, which begins with https:// or http://")
        why = ""
        for attempt in range(TRIES):
            self._go_on()
            self._respect_quota()
            self._go_on()
            try:
                response, body = self._sent(url, posted)
            except self._library.connect as error:
                why = f"no connection: {type(error).__name__}"
                self._note(why, reached=False)
            except (self._library.odd, UnicodeError):  # The latter where a part of a host's name is too long.
                raise Away("what is asked for makes no address") from None
            except self._library.error as error:
                why = f"no whole answer: {type(error).__name__}"
                self._note(why, reached=True)
            else:
                if response.status_code not in _RETRIED:
                    self._note("", reached=True)
                    return response, body
                why = f"HTTP {response.status_code}"
                if response.status_code == _TOO_MANY:
                    self._out_of_quota(response)
                    continue
                self._note(why, reached=True)
            if self._failed >= _ENDURANCE:
                break
            if attempt + 1 < TRIES and not self.away:
                self._sleep(_BACKOFF * 2.0**attempt * random.uniform(0.5, 1.0))  # noqa: S311 - so that threads part
        if why == f"HTTP {_TOO_MANY}":
            raise RateLimited("the quota stays used up")
        raise Away(why)

    def _go_on(self) -> None:
        if self._stopped.is_set():
            raise Away("it was told to stop")
        if self.away:
            raise Away(self._why)

    def _note(self, why: str, *, reached: bool) -> None:
        """Count failures in a row, of which *why* is the last; empty for an answer."""
        with self._lock:
            self._unreached = 0 if reached else self._unreached + 1
            self._failed = self._failed + 1 if why else 0
            if not why:
                self._waited, self._spent = 0.0, 0
            self._why = why or self._why

    def _sent(self, url: str, posted: bytes | None) -> tuple[Any, bytes]:
        """Send one request, follow its redirects, and return the response and its body, of a bounded size."""
        client = self._client
        began = time.monotonic()
        for _ in range(_REDIRECTS):
            with self._lock:
                self.requests += 1
            method, headers = ("GET", {}) if posted is None else ("POST", {"content-type": "application/json"})
            with client.stream(method, url, content=posted, headers=headers) as response:
                location = response.headers.get("location")
                if posted is None and response.has_redirect_location and location is not None:
                    url = self._redirected(response, location)
                    client = self._client if _server(url) == self._server else self._bare
                    continue
                chunks = []
                size = 0
                for chunk in response.iter_bytes():
                    size += len(chunk)
                    if size > LARGEST:
                        raise Away(f"the answer has more than {LARGEST} bytes")
                    if time.monotonic() - began > WHOLE:
                        raise Away(f"the answer takes more than {WHOLE:.0f} s")
                    if self._stopped.is_set():
                        raise Away("it was told to stop")
                    chunks.append(chunk)
                return response, b"".join(chunks)
        raise Away("it redirects in a circle")

    def _redirected(self, response: Any, location: str) -> str:  # noqa: ANN401 - of either library
        """Return where *response* redirects to; `Away` when that is no server, or less safe than the hub."""
        try:
            url = str(response.url.join(location))
        except (self._library.odd, ValueError):
            raise Away("it redirects to what is no address") from None
        there = _server(url)
        if there is None or (self._server is not None and self._server[0] == "https" != there[0]):
            raise Away("it redirects to where the connection is not safe")
        return url

    # -- quotas ------------------------------------------------------------------------------------

    def _respect_quota(self) -> None:
        """Wait until the quota is there again, when another thread met its end."""
        seconds = self._until - time.monotonic()
        if seconds > 0 and not self._refused:
            self._sleep(seconds)
        if self._spent >= _PATIENCE:
            raise RateLimited("the quota is used up, and it was not to be waited for")

    def _out_of_quota(self, response: Any) -> None:  # noqa: ANN401 - of either library
        """Have the quota waited for, which `_respect_quota` does; `RateLimited` when that is refused or too long."""
        seconds = _seconds(response.headers)
        with self._lock:
            self._unreached = 0
            if self._until - time.monotonic() > seconds - 1:
                return  # Another thread has announced it.
            bearable = seconds <= LONGEST_WAIT and self._waited + seconds <= _PATIENCE * LONGEST_WAIT
            if bearable and not self._refused and self._wait(seconds):
                self._until = time.monotonic() + seconds
                self._waited += seconds
                return
            self._refused = self._refused or bearable
            self._spent += 1  # It may be this one repository; others are asked, until that is of no use.
        raise RateLimited(f"the quota is used up for {seconds:.0f} s, and it was not to be waited for")


def _seconds(headers: Mapping[str, str]) -> float:
    """Return how long the server asks to wait: by RateLimit, else by Retry-After, else some seconds."""
    from huggingface_hub.utils._http import parse_ratelimit_headers

    with suppress(ValueError, OverflowError):  # What is no number, or one of thousands of digits, is not there.
        limit = parse_ratelimit_headers(headers)
        if limit is not None and limit.remaining == 0:
            return limit.reset_in_seconds + 1.0
    return _retry_after(headers.get("retry-after", ""))


def _retry_after(value: str) -> float:
    """
    Return the seconds that a ``Retry-After`` means, a number or a date (RFC 9110, 10.2.3); some where it is neither.

    >>> _retry_after("120"), _retry_after("soon"), _retry_after("Wed, 21 Oct 2015 07:28:00 GMT")
    (120.0, 5.0, 1.0)
    """
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (ValueError, OverflowError):
            return _SOME
    return max(1.0, seconds) if seconds == seconds else _SOME  # noqa: PLR0124 - a number that is none


_SOME: Final = 5.0
"""Seconds before a hub is asked again that does not say when."""


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
