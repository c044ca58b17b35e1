"""Answers that were given before, by query, formats, data set and version of the data."""

import gzip
import zlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Protocol

import zstandard

WORTH_IT = 1024  # bytes below which a body is not compressed
_GZIP_LEVEL = 5
_ZSTD_LEVEL = 3


def compress(body: bytes, encoding: str) -> bytes:
    """`body` in `encoding`, `gzip` or `zstd`; every call has a compressor of its own."""
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body)
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)


class Compressor(Protocol):
    """Compresses piece by piece."""

    def compress(self, data: bytes, /) -> bytes:
        """Return what is ready after `data`."""

    def flush(self) -> bytes:
        """Return the rest."""


class _AsItIs:
    """Leaves everything as it is."""

    def compress(self, data: bytes, /) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


def compressor_of(encoding: str) -> Compressor:
    """Return what compresses a long body in `encoding`; without one it is left as it is."""
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
    return zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS) if encoding == "gzip" else _AsItIs()


@dataclass(slots=True)
class Answer:
    """The body of one answer with what it takes to send it; compressed forms are kept once made."""

    content_type: bytes
    body: bytes = field(repr=False)
    etag: bytes
    head: bytes = field(default=b"", repr=False)  # of the response that brings it, once it was made
    encoded: dict[str, bytes] = field(default_factory=dict, repr=False)

    def size(self) -> int:
        """Return the bytes that this holds."""
        size = len(self.body) + 512
        return size + sum(map(len, self.encoded.values())) if self.encoded else size


class AnswerCache:
    """The answers used last, up to `capacity` bytes, none larger than an eighth of it."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.held = 0
        self.hits = 0
        self.misses = 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}

    @property
    def largest(self) -> int:
        """The most bytes that one answer may have to be kept."""
        return self.capacity // 8

    def get(self, key: Hashable) -> Answer | None:
        """Return the answer kept under `key`."""
        answer = self._answers.get(key)
        if answer is None:
            self.misses += 1
            return None
        self.hits += 1
        self._answers.move_to_end(key)
        return answer

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep `answer`, also again after a compressed form was added, and let the oldest go where room is short."""
        if len(answer.body) > self.largest:
            return
        size = answer.size()
        before = self._sizes.get(key)
        self.held += size - (before or 0)
        self._sizes[key] = size
        self._answers[key] = answer
        if before is not None:
            self._answers.move_to_end(key)
        while self.held > self.capacity:
            oldest, _ = self._answers.popitem(last=False)
            self.held -= self._sizes.pop(oldest)
