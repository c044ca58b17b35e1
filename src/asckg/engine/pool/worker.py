"""The loop of a worker process: read a request, run it under its deadline, write the reply."""

import argparse
import os
import sys
import time
from itertools import count
from pathlib import Path

from pyoxigraph import Store

from asckg.engine.pool import sandbox
from asckg.engine.pool.execution import run
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.line import Line

GRACE = 0.25  # seconds after which a worker ends itself if the server did not
SLACK = 0.05  # seconds by which that may be later, so that many requests need one timer
SHORT = 0.002  # seconds by the clock of a query whose processor time nobody asks for
LARGE = 64 * 1024  # bytes of a reply that may fill the line


class Deadline:
    """The kernel's timer that ends this process; it is set anew only when it would come too early or much too late."""

    def __init__(self) -> None:
        self._until = 0.0

    def grant(self, now: float, seconds: float) -> None:
        """Let this process live for at least `seconds` from `now`, and not much longer."""
        needed = now + seconds
        if not needed <= self._until <= needed + SLACK:
            self._until = needed + SLACK
            sandbox.set_deadline(seconds + SLACK)

    def lift(self) -> None:
        """Let this process live until the next grant."""
        if self._until:
            self._until = 0.0
            sandbox.set_deadline(0)


def _peak() -> int:
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  absent on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def serve(line: Line, store: Store, limits: Limits, spool: Path) -> None:
    """Answer requests until the server hangs up or memory grew so much that a fresh worker is better.

    While further requests are here already, the timer stays, and neither memory nor processor time is looked at: each
    is a system call.
    """
    start = _peak()
    spooled = spool / str(os.getpid())
    deadline = Deadline()
    last = True
    for number in count():
        task = line.take()
        if task is None:
            return
        request, timeout = task
        if last:
            woken = time.process_time()
        began = time.monotonic()
        deadline.grant(began, timeout + GRACE)
        reply = run(store, request, limits, f"{spooled}-{number}")
        spent = time.monotonic() - began
        if spent > SHORT:  # else it took no more of the processor either
            spent = min(spent, time.process_time() - woken)
        last = not line.pending()
        if last or len(reply.payload) > LARGE:
            deadline.lift()  # the server may be slow to take the reply
        if last and _peak() - start > limits.recycle:
            reply = reply._replace(retire=True)
        line.put(reply.encode(spent))
        if reply.retire:
            return


def main() -> None:
    """Run a worker of its own, started anew, on its standard streams: for systems without fork."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("spool", type=Path)
    parser.add_argument("--memory", type=int, required=True)
    parser.add_argument("--result", type=int, required=True)
    arguments = parser.parse_args()
    sandbox.settle_signals()
    sandbox.forbid_core_dumps()
    sandbox.die_with_parent()
    sandbox.bar_network()
    store = Store.read_only(str(arguments.store))
    sandbox.limit_memory(arguments.memory)
    limits = Limits(memory=arguments.memory, result=arguments.result)
    serve(Line(0, 1), store, limits, arguments.spool)


if __name__ == "__main__":
    main()
