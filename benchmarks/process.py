"""What processes take: seconds on the clock and of the processor, and memory, each with all below it."""

import contextlib
import resource
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.25  # seconds between looks at the memory


@dataclass(frozen=True)
class Cost:
    """What a program took: seconds on the clock, seconds of the processor, MiB at most."""

    clock: float
    processor: float
    memory: float = 0.0

    def __str__(self) -> str:
        return f"{self.clock:.1f} ({self.processor:.1f})"

    def since(self, before: "Cost") -> "Cost":
        """Return what was taken after `before`, which is of the same program."""
        return Cost(self.clock - before.clock, self.processor - before.processor)


def run(*command: object) -> Cost:
    """Return what a program took that ran alone."""
    return watch(*command)[0]


def watch(*command: object) -> tuple[Cost, list[tuple[Cost, str]]]:
    """Return what a program took that ran alone, and what it had taken at each line of its standard error."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    most, lines = [0.0], []
    with subprocess.Popen(
        [str(one) for one in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        look = threading.Thread(target=_look, args=(process, most))
        look.start()
        assert process.stderr is not None  # noqa: S101  it was asked for
        lines = [(Cost(time.perf_counter() - began, processor(process.pid)), line) for line in process.stderr]
        look.join()
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}: {lines}")
    return Cost(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most[0]), lines


def _look(process: subprocess.Popen[str], most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], resident(process.pid))
        time.sleep(EVERY)


def family(process: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:  # it has just ended
        return
    for child in children:
        yield from family(int(child))


def processor(process: int) -> float:
    """Return the seconds of the processor that a process and all below it have taken."""
    total = 0
    for one in family(process):
        with contextlib.suppress(OSError):  # it has just ended
            stat = Path(f"/proc/{one}/stat").read_text(encoding="ascii")
            total += sum(map(int, stat.rsplit(") ", 1)[1].split()[11:15]))
    return total / 100


def resident(process: int) -> float:
    """Return the proportional memory in MiB of a process and all below it."""
    total = 0
    for one in family(process):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:  # it has just ended
            continue
        total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return total / 1024
