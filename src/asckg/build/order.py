"""Lines in order, more of them than memory should hold: sorted by the piece, kept in files, merged."""

import heapq
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path

PIECE = 32 << 20  # bytes of text that are sorted at once; the lines as objects take three times that
BLOCK = 10_000  # lines that are given at once


class Sorter:
    """Takes text as it comes, gives its lines in the order of their bytes, each once; `count` is how many it gave.

    The folder has to be there, and has nothing of this any more after the lines were read.
    """

    def __init__(self, folder: Path, piece: int = PIECE) -> None:
        self.folder = folder
        self.piece = piece
        self.count = 0
        self._runs: list[Path] = []
        self._held: list[bytes] = []
        self._size = 0

    def write(self, text: bytes) -> int:
        """Take some text, which need not end where a line does, and return its length."""
        self._held.append(bytes(text))
        self._size += len(text)
        if self._size > self.piece:
            self._keep()
        return len(text)

    def flush(self) -> None:
        """Do nothing: who writes to a file calls it."""

    def blocks(self) -> Iterator[bytes]:
        """Yield the lines in order, some thousand at a time, each with its end."""
        self._keep()
        with ExitStack() as stack:
            merged = heapq.merge(*(stack.enter_context(run.open("rb")) for run in self._runs))
            distinct = (line for line, _ in groupby(merged))
            while block := list(islice(distinct, BLOCK)):
                self.count += len(block)
                yield b"".join(block)
        for run in self._runs:
            run.unlink()
        self._runs = []

    def _keep(self) -> None:
        """Write what is held as a sorted run, but for a line that has not ended."""
        whole, end, rest = b"".join(self._held).rpartition(b"\n")
        self._held, self._size = [rest], len(rest)
        if end:
            lines = sorted((whole + end).splitlines(keepends=True))
            run = self.folder / f"run-{len(self._runs)}"
            with run.open("wb") as file:
                file.writelines(lines)
            self._runs.append(run)
