"""Names compared in several processes; the answers come in the order of the questions."""

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from asckg.error import AsckgError
from asckg.link.outcome import Outcome
from asckg.link.parcel import Verdict, pack, pack_row, unpack, unpack_row
from asckg.link.record import Record

_ENOUGH = 1_000
"""Fewer names than this are done before other processes are up."""
Compare = Callable[[Sequence[Record]], Sequence[Outcome]]


def processors() -> int:
    """Return how many processors this process may use; 1 where processes cannot share memory by forking."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


class Chunk:
    """Rows that are being compared: their verdicts, once they are there."""

    def __init__(self, found: Sequence[Verdict] | Future[list[tuple[Any, ...]]], things: Sequence[Record]) -> None:
        self._found = found
        self._things = things

    @classmethod
    def of(cls, found: Sequence[Outcome]) -> "Chunk":
        """Return the chunk of outcomes that are there already."""
        return cls([Verdict(item.band, item.options, item.margin, item.reason) for item in found], ())

    def verdict(self, number: int) -> Verdict:
        """Return the verdict about a row of the chunk, when need be after waiting."""
        if isinstance(self._found, Future):
            try:
                parcels = self._found.result()
            except BrokenProcessPool as error:
                raise _ended() from error
            self._found = [unpack(parcel, self._things) for parcel in parcels]
        return self._found[number]


class Pool:
    """Compares chunks of rows, in other processes once there are many; use as `with opened_pool(...)`."""

    def __init__(self, compare: Compare, things: Sequence[Record], processes: int) -> None:
        self._compare = compare
        self._things = things
        self._processes = processes
        self._asked = 0
        self._executor: ProcessPoolExecutor | None = None

    def ask(self, rows: Sequence[Record]) -> Chunk:
        """Return the chunk of some rows; its verdicts are there at once or later."""
        self._asked += len(rows)
        if self._executor is None and self._processes > 1 and self._asked > _ENOUGH:
            self._executor = _started(self._compare, self._things, self._processes)
        if self._executor is None:
            return Chunk.of(self._compare(rows))
        with warnings.catch_warnings():
            # The processes only compute: they take no lock that a thread of this one could hold.
            warnings.filterwarnings("ignore", message=".*use of fork", category=DeprecationWarning)
            try:
                return Chunk(self._executor.submit(_work, [pack_row(row) for row in rows]), self._things)
            except BrokenProcessPool as error:
                raise _ended() from error

    def close(self) -> None:
        """End the other processes."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)


def _ended() -> AsckgError:
    return AsckgError(
        "a process that compared names was ended from outside, perhaps for want of memory; "
        "nothing was written; run again with --processes 1"
    )


@contextmanager
def opened_pool(compare: Compare, things: Sequence[Record], processes: int) -> Iterator[Pool]:
    """Yield a pool, whose processes end with the block."""
    pool = Pool(compare, things, processes)
    try:
        yield pool
    finally:
        pool.close()


def _started(compare: Compare, things: Sequence[Record], processes: int) -> ProcessPoolExecutor:
    """Return the executor; forked processes share the indexes with this one."""
    places = {id(thing): place for place, thing in enumerate(things)}
    context = multiprocessing.get_context("fork")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(compare, places))


_worker: dict[str, Any] = {}  # an executor can hand a forked process what it works with in no other way


def _begin(compare: Compare, places: dict[int, int]) -> None:
    """Keep what a process compares with; leave Ctrl-C to the parent, and end when the parent has ended."""
    _worker.update(compare=compare, places=places)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(parcels: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    found = _worker["compare"]([unpack_row(parts) for parts in parcels])
    return [pack(item, _worker["places"]) for item in found]
