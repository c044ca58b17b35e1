"""The frames between the server and its workers: fixed fields and text, raw bytes, nothing that runs code when read."""

import json
import os
import struct
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

# The sizes of other fields, base, text and payload, then the time limit and the two formats.
_REQUEST = struct.Struct("!IIIIdBB")
_REPLY = struct.Struct("!IBBBf")


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
    NOT_STORED = 11  # the disk is full, or cannot be written to
    CONFLICT = 12  # a write that what is there does not let through
    NOT_MET = 13  # a write on a condition that does not hold
    BAD_DOCUMENT = 14  # RDF that cannot be read
    BAD_ENDPOINT = 15  # another endpoint was asked, and answered what is no answer


_KINDS = tuple(Kind)


class Request(NamedTuple):
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
        base, text = (self.base or "").encode(), self.text.encode()
        rest = b"" if self.op == "query" and self[5:] == _PLAIN else json.dumps(self._rest()).encode()
        sizes = (len(rest), len(base), len(text), len(self.payload))
        head = _REQUEST.pack(*sizes, timeout, self.result_format, self.graph_format)
        return b"".join((head, rest, base, text, self.payload))

    def _rest(self) -> dict[str, Any]:
        # An empty list of graphs means none, which is not the same as no list.
        names = ("op", "default_graphs", "named_graphs", "bindings", "services", "graph")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


_PLAIN = Request("query")[5:]


class Reply(NamedTuple):
    """A worker's answer: what became of it, the format's code, the bytes, if the worker stops now, seconds spent."""

    kind: Kind
    payload: bytes = b""
    code: int = 0
    retire: bool = False
    spent: float = 0.0  # seconds of processor time

    def encode(self, spent: float = 0.0) -> bytes:
        """Return the frame that carries this to the server, with the processor time that it took in seconds."""
        return _REPLY.pack(len(self.payload), self.kind, self.code, self.retire, spent) + self.payload

    @property
    def file(self) -> Path | None:
        """The file that holds the answer, where it was too large for the frame."""
        return Path(os.fsdecode(self.payload.split(b" ", 1)[1])) if self.kind is Kind.SPOOLED else None

    @property
    def text(self) -> str:
        """The payload as text, for the kinds that carry a message."""
        return self.payload.decode("utf-8", "replace")


_REQUEST_HEAD = _REQUEST.size
_REPLY_HEAD = _REPLY.size


class Task(NamedTuple):
    """A request as a worker reads it: what to do, in how many seconds, and where in the buffer the next one begins."""

    request: Request
    timeout: float
    end: int


def whole_request(buffer: bytearray, start: int) -> bool:
    """Return whether a whole frame begins at `start`."""
    left = len(buffer) - start - _REQUEST_HEAD
    return left >= 0 and left >= sum(_REQUEST.unpack_from(buffer, start)[:4])


def decode_request(buffer: bytearray, start: int) -> Task | None:
    """Return the request whose frame begins at `start`, None while it is incomplete."""
    text_start = start + _REQUEST_HEAD
    if len(buffer) < text_start:
        return None
    fields, base_size, text_size, payload_size, timeout, rows, graphs = _REQUEST.unpack_from(buffer, start)
    base_start = text_start + fields
    text_start = base_start + base_size
    text_end = text_start + text_size
    end = text_end + payload_size
    if len(buffer) < end:
        return None
    base, text = buffer[base_start:text_start].decode() or None, buffer[text_start:text_end].decode()
    if not fields:
        return Task(Request("query", text, rows, graphs, base), timeout, end)
    others = json.loads(buffer[base_start - fields : base_start])
    for key in ("default_graphs", "named_graphs"):
        if key in others:
            others[key] = tuple(others[key])
    for key in ("bindings", "services"):
        others[key] = tuple(tuple(row) for row in others.get(key, ()))
    payload = bytes(buffer[text_end:end])
    request = Request(text=text, result_format=rows, graph_format=graphs, base=base, payload=payload, **others)
    return Task(request, timeout, end)


def decode_reply(buffer: bytearray) -> Reply | None:
    """Return the whole reply at the start of `buffer`, taken out of it, or None while it is incomplete."""
    if len(buffer) < _REPLY_HEAD:
        return None
    size, kind, code, retire, spent = _REPLY.unpack_from(buffer)
    end = _REPLY_HEAD + size
    if len(buffer) < end:
        return None
    payload = bytes(memoryview(buffer)[_REPLY_HEAD:end])
    del buffer[:end]
    return Reply(_KINDS[kind], payload, code, bool(retire), spent)
