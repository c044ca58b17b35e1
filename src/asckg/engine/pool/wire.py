"""Frames between the server and its workers: a JSON header, raw bytes, nothing that runs code when read."""

import json
import struct
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

_REQUEST = struct.Struct("!II")
_REPLY = struct.Struct("!IBBB")
MAX_FRAME = 0xFFFFFFFF


class Kind(IntEnum):
    """What became of a request."""

    RESULT = 0
    SPOOLED = 1  # the payload is the size and name of the file that holds the answer
    BAD_QUERY = 2
    REFUSED = 3  # SERVICE or LOAD without leave
    NOT_ACCEPTABLE = 4
    TOO_LARGE = 5
    NO_MEMORY = 6
    NOT_FOUND = 7
    PROTECTED = 8  # a write to a graph of the corpus
    FAILED = 9
    CREATED = 10


@dataclass(frozen=True)
class Request:
    """One task for a worker: `op` is query, graph, parse or one of the writes; the rest by operation."""

    op: str
    text: str = ""
    result_format: int = 0  # code of the format for SELECT and ASK, 0: none is acceptable
    graph_format: int = 0
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    bindings: tuple[tuple[str, str, str, str | None, str | None], ...] = ()
    services: tuple[tuple[str, str], ...] = ()  # allowed endpoint, address of the guard that asks it
    graph: str | None = None
    payload: bytes = b""

    def encode(self, timeout: float) -> bytes:
        """Return the frame that asks a worker to do this within `timeout` seconds."""
        header: dict[str, Any] = {key: value for key, value in self.__dict__.items() if value and key != "payload"}
        # An empty list of graphs means none, which is not the same as no list.
        for key in ("default_graphs", "named_graphs"):
            if getattr(self, key) is not None:
                header[key] = getattr(self, key)
        header["timeout"] = timeout
        head = json.dumps(header).encode()
        return _REQUEST.pack(len(head), len(self.payload)) + head + self.payload


@dataclass(frozen=True)
class Reply:
    """A worker's answer: what became of it, the format's code, the bytes, and whether the worker now stops."""

    kind: Kind
    payload: bytes = field(default=b"", repr=False)
    code: int = 0
    retire: bool = False

    def encode(self) -> bytes:
        """Return the frame that carries this to the server."""
        return _REPLY.pack(len(self.payload), self.kind, self.code, self.retire) + self.payload

    @property
    def text(self) -> str:
        """The payload as text, for the kinds that carry a message."""
        return self.payload.decode("utf-8", "replace")


REQUEST_HEAD = _REQUEST.size
REPLY_HEAD = _REPLY.size


def decode_request_head(data: bytes) -> tuple[int, int]:
    """Return the sizes of the header and of the raw bytes that follow."""
    header, payload = _REQUEST.unpack(data)
    return header, payload


def decode_request(header: bytes, payload: bytes) -> tuple[Request, float]:
    """Return the request in a frame and its time in seconds."""
    fields = json.loads(header)
    timeout = float(fields.pop("timeout"))
    for key in ("default_graphs", "named_graphs"):
        if key in fields:
            fields[key] = tuple(fields[key])
    for key in ("bindings", "services"):
        fields[key] = tuple(tuple(row) for row in fields.get(key, ()))
    return Request(**fields, payload=payload), timeout


def decode_reply(buffer: bytearray) -> Reply | None:
    """Return the whole reply at the start of `buffer`, taken out of it, or None while it is incomplete."""
    if len(buffer) < REPLY_HEAD:
        return None
    size, kind, code, retire = _REPLY.unpack_from(buffer)
    if len(buffer) < REPLY_HEAD + size:
        return None
    payload = bytes(memoryview(buffer)[REPLY_HEAD : REPLY_HEAD + size])
    del buffer[: REPLY_HEAD + size]
    return Reply(Kind(kind), payload, code, bool(retire))
