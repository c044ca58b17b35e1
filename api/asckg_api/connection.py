"""How the server talks HTTP: what it takes from uvicorn, and the one thing that it does in another way."""

import asyncio
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_INTERIM = b"HTTP/1.1 100"


def server_of(app: ASGIApp) -> uvicorn.Server:
    """Return the server that will answer by `app`; its `run` takes bound sockets."""
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        log_level="warning",
        access_log=False,  # the application logs its requests itself
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    return uvicorn.Server(config)


class Connection(HttpToolsProtocol):
    """A connection on which the head of a response leaves together with the first of its body.

    Sent apart, as uvicorn does, a small response is two packets, and its client wakes twice.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(JoiningTransport(transport))  # type: ignore[arg-type]  # it has all that is called

    def on_response_complete(self) -> None:
        joining: Any = self.transport
        joining.end_response()
        super().on_response_complete()


class JoiningTransport:
    """A transport that keeps the first piece of each response until the second or the end."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""
        self._begun = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send `data`, or keep it where it is the head of a response."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.writelines((head, data))
        elif self._begun or data.startswith(_INTERIM):
            self._transport.write(data)
        else:
            self._head = data
            self._begun = True

    def end_response(self) -> None:
        """Send what is kept; what comes next begins another response."""
        if self._head:
            self._transport.write(self._head)
            self._head = b""
        self._begun = False

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def close(self) -> None:
        """Send what is kept and close."""
        self.end_response()
        self._transport.close()
