"""Serve an application on this machine, over real sockets, for as long as a test runs."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import uvicorn

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Served(Protocol):
    """An application of ASGI that is told where it is."""

    url: str

    async def __call__(self, scope: Message, receive: Receive, send: Send, /) -> None:
        """Answer one request."""


_Served = TypeVar("_Served", bound=Served)


@contextmanager
def running(served: _Served) -> Iterator[_Served]:
    """Serve *served* on this machine until the end of the block."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        served.url = f"http://127.0.0.1:{sock.getsockname()[1]}"
        config = uvicorn.Config(served, log_level="critical", lifespan="off", ws="none", timeout_keep_alive=5)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.005)
        try:
            yield served
        finally:
            server.should_exit = True
            thread.join(10)
