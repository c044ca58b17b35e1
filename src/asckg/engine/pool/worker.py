"""The loop of a worker process: read a request, run it under its deadline, write the reply."""

import argparse
import os
import sys
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Store

from asckg.engine.pool import sandbox
from asckg.engine.pool.execution import run
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.wire import REQUEST_HEAD, decode_request, rest_size

GRACE = 0.25  # seconds after which a worker ends itself if the server did not


@dataclass(frozen=True)
class Streams:
    """Where requests come from and replies go to."""

    requests: BinaryIO
    replies: BinaryIO

    @classmethod
    def of(cls, descriptor: int) -> "Streams":
        """Both directions of one socket."""
        return cls(os.fdopen(descriptor, "rb"), os.fdopen(os.dup(descriptor), "wb", buffering=0))


def _peak() -> int:
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  absent on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def serve(streams: Streams, store: Store, limits: Limits, spool: Path) -> None:
    """Answer requests until the server closes the stream or memory grew so much that a fresh worker is better."""
    start = _peak()
    spooled = spool / str(os.getpid())
    for number in count():
        head = streams.requests.read(REQUEST_HEAD)
        if len(head) < REQUEST_HEAD:
            return
        request, timeout = decode_request(head, streams.requests.read(rest_size(head)))
        began = time.process_time()
        sandbox.set_deadline(timeout + GRACE)
        reply = run(store, request, limits, f"{spooled}-{number}")
        sandbox.set_deadline(0)
        if _peak() - start > limits.recycle:
            reply = reply._replace(retire=True)
        view = memoryview(reply.encode(time.process_time() - began))
        while view:
            view = view[streams.replies.write(view) :]
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
    serve(Streams(sys.stdin.buffer, os.fdopen(1, "wb", buffering=0)), store, limits, arguments.spool)


if __name__ == "__main__":
    main()
