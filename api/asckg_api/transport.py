"""A transport on which the head of a response leaves together with the first of its body."""

import asyncio
from typing import Any

_INTERIM = b"HTTP/1.1 100"


class JoiningTransport:
    """A transport that keeps the first piece of each response until the second or the end."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""
        self._begun = False
        self.given = 0  # bytes of the response under way

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send `data`, or keep it where it is the head of a response."""
        self.given += len(data)
        if self._head:
            head, self._head = self._head, b""
            self._transport.writelines((head, data))
        elif self._begun or data.startswith(_INTERIM):
            self._transport.write(data)
        else:
            self._head = data
            self._begun = True

    def send_whole(self, response: bytes) -> None:
        """Send a response that is all there."""
        self._transport.write(response)

    def end_response(self) -> None:
        """Send what is kept; what comes next begins another response."""
        if self._head:
            self._transport.write(self._head)
            self._head = b""
        self._begun = False
        self.given = 0

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def close(self) -> None:
        """Send what is kept and close."""
        self.end_response()
        self._transport.close()
