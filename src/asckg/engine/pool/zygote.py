"""The small process from which workers are forked: it holds the store, and nothing of the server."""

import argparse
import contextlib
import gc
import json
import os
import select
import socket
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Store

from asckg.engine.packed import in_memory
from asckg.engine.pool import sandbox, user_file
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.line import Line
from asckg.engine.pool.page import enlarge_pages
from asckg.engine.pool.protection import Protection
from asckg.engine.pool.worker import serve

PACKET = 65536


@dataclass
class Zygote:
    """Forks workers when the server asks, and tells how each ended."""

    control: socket.socket
    user: Path | None
    protection: Protection  # of graphs that writes may not change
    store: Store | None  # None: each worker opens `path` for itself
    path: Path
    spool: Path
    limits: Limits
    children: dict[int, int] = field(default_factory=dict)  # descriptor of the process -> its id

    def loop(self) -> None:
        """Serve the server's wishes until it hangs up."""
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == self.control.fileno():
                    message, descriptors, _flags, _address = socket.recv_fds(self.control, PACKET, 4)
                    if not message:
                        return
                    pidfd = self._fork(message, descriptors)
                    poll.register(pidfd, select.POLLIN)
                else:
                    poll.unregister(descriptor)
                    self._reap(descriptor)

    def _fork(self, message: bytes, descriptors: list[int]) -> int:
        process = os.fork()
        if process == 0:
            status = 1
            try:
                self._become(message, descriptors)
                status = 0
            finally:
                os._exit(status)
        pidfd = os.pidfd_open(process)
        for descriptor in descriptors:
            os.close(descriptor)
        self.children[pidfd] = process
        socket.send_fds(self.control, [json.dumps({"forked": process}).encode()], [pidfd])
        return pidfd

    def _reap(self, pidfd: int) -> None:
        process = self.children.pop(pidfd)
        os.close(pidfd)
        _, status = os.waitpid(process, 0)
        self.control.send(json.dumps({"ended": process, "status": os.waitstatus_to_exitcode(status)}).encode())

    def _leave(self) -> None:
        """Drop, in a child, what belongs to the process that forked it."""
        self.control.close()
        for pidfd in self.children:
            os.close(pidfd)
        self.children.clear()

    def _become(self, message: bytes, descriptors: list[int]) -> None:
        self._leave()
        if message == b"write":
            self._write(descriptors)
            return
        sandbox.die_with_parent()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 2)  # a stack overflow would write to the server's log
        store = self.store if self.store is not None else Store.read_only(str(self.path))
        sandbox.limit_memory(self.limits.memory)
        serve(Line(descriptors[0], descriptors[0]), store, self.limits, self.spool)

    def _write(self, descriptors: list[int]) -> None:
        from asckg.engine.pool.writing import write_once  # noqa: PLC0415  only servers that may write need it

        # The server asks for writes only where the store is in memory and there is a file for them.
        assert self.store is not None  # noqa: S101
        assert self.user is not None  # noqa: S101
        line = Line(descriptors[0], descriptors[0])
        if write_once(line, self.store, self.protection, self.user, self.limits):
            line.close()
            gc.freeze()
            self.control = socket.socket(fileno=descriptors[1])
            self.loop()


def load(path: Path, user: Path | None) -> tuple[Store, Protection]:
    """Return a store in memory with all of the store at `path` and the file `user`, and the protection of the first."""
    store = in_memory(path)
    protection = Protection.of(store) if user is not None else Protection()
    if user is not None:
        user_file.read(user, store)
    return store, protection


def main() -> None:
    """Run the process; the server starts it with a control socket."""
    parser = argparse.ArgumentParser()
    parser.add_argument("control", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("spool", type=Path)
    parser.add_argument("limits", type=json.loads)
    parser.add_argument("--in-memory", action="store_true")
    parser.add_argument("--user", type=Path)
    parser.add_argument("--door", type=int, default=0)
    arguments = parser.parse_args()
    started = time.perf_counter()
    # Python 3.12 warns of threads where it forks. They are those of the store on disk, idle once it is read, and a
    # worker never uses that store: it has the data in memory, or opens the store anew.
    warnings.filterwarnings("ignore", message=".*multi-threaded", category=DeprecationWarning)
    sandbox.settle_signals()
    sandbox.forbid_core_dumps()
    bars, door = sandbox.bar_network(arguments.door)
    store, protection = load(arguments.path, arguments.user) if arguments.in_memory else (None, Protection())
    gc.collect()
    if store is not None:
        enlarge_pages()
    gc.freeze()
    gc.disable()
    control = socket.socket(fileno=arguments.control)
    limits = Limits(**arguments.limits)
    zygote = Zygote(control, arguments.user, protection, store, arguments.path, arguments.spool, limits)
    ready = {"ready": True, "seconds": time.perf_counter() - started, "bars": bars}
    with contextlib.suppress(ConnectionError):  # the server is gone, and so is the reason to be here
        socket.send_fds(control, [json.dumps(ready).encode()], [door.fileno()] if door is not None else [])
        if door is not None:
            door.close()
        zygote.loop()


if __name__ == "__main__":
    main()
