"""What the kernel enforces on a worker: deadline, memory, no core dumps, no network, death with its parent."""

import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from asckg.engine.guard.door import open_door
from asckg.engine.pool.filter import refuse_calls

LINUX: bool = sys.platform == "linux"
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def leave_network() -> bool:
    """Whether this process now has a network of its own without any interface, for good.

    Needs Linux and either root or unprivileged user namespaces; call it while the process has one thread.
    """
    if not LINUX:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def bar_network(door: int = 0) -> tuple[list[str], socket.socket | None]:
    """Return what now keeps this process and all that it forks from other machines, for good, strongest first.

    `namespace`: it has a network of its own with nothing in it. `calls`: it can open no socket. With a `door` it may
    open them, and all that it can reach in its network is that port of its loopback, at which the socket returned
    listens; it is None where the kernel permits no namespace, and then nothing is barred. Call it while the process
    has one thread.
    """
    if not door:
        bars = {"namespace": leave_network, "calls": refuse_calls}
        return [name for name, bar in bars.items() if bar()], None
    if not leave_network():
        return [], None
    return ["namespace"], open_door(door)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends (Linux)."""
    if LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Have descendants whose parent ends become children of this process, which can then reap them (Linux)."""
    if LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def reap(processes: Iterable[int], seconds: float = 5.0) -> None:
    """Take leave of processes that end about now, and become our children when the one between us has ended."""
    left = set(processes)
    end = time.monotonic() + seconds
    while left and time.monotonic() < end:
        for process in list(left):
            try:
                ended = os.waitpid(process, os.WNOHANG)[0] == process
            except ChildProcessError:
                ended = not Path(f"/proc/{process}").exists()  # else its parent is still there: it is ours later
            if ended:
                left.discard(process)
        time.sleep(0.01)


def address_space() -> int:
    """Return the bytes of address space in use, 0 where the system does not tell."""
    if not LINUX:
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")


def resident() -> int:
    """Return the bytes of memory that only this process holds, roughly; 0 where the system does not tell."""
    if not LINUX:
        return 0
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")


def limit_memory(extra: int) -> bool:
    """Whether the address space is now capped at `extra` bytes above what is in use."""
    if not LINUX:
        return False
    import resource  # noqa: PLC0415  absent on Windows

    cap = address_space() + extra
    resource.setrlimit(resource.RLIMIT_AS, (cap, cap))
    return True


@contextlib.contextmanager
def memory_limited(extra: int) -> Iterator[None]:
    """Cap the address space at `extra` bytes above what is in use, for a while."""
    if not LINUX:
        yield
        return
    import resource  # noqa: PLC0415  absent on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (address_space() + extra, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def forbid_core_dumps() -> None:
    """Write no memory image when this process is killed."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  absent on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def set_deadline(seconds: float) -> None:
    """Have the kernel end this process in `seconds`; 0 takes the deadline away."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def settle_signals() -> None:
    """Leave stopping to the server: ignore the terminal's signals and let the timer kill."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
