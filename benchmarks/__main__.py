"""Run the measurements and write `docs/performance.md` anew between its marks: `python -m benchmarks [PART …]`."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import bulk, conformance, drawing, page, peer, rival, runaway, scale, speed
from benchmarks.table import put

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def _figures(figures: Iterable[speed.Figure]) -> str:
    lines = ["| what | measured | wanted | behind it |", "|---|---|---|---|"]
    for one in figures:
        print(*one, sep=" · ", flush=True)
        lines.append(f"| {one.what} | {one.value} | {one.wanted} | {one.behind} |")
    return "\n".join(lines)


def _rows(head: Sequence[str], rows: Iterable[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row in rows:
        print(*row, sep=" · ", flush=True)
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


def _bulk() -> str:
    head, *rest = bulk.measure()
    return _rows(head, rest)


def _rival() -> str:
    units = ("alone, processor time in ms", f"{rival.CONNECTIONS} connections, answers a second")
    tables = [
        [
            f"| {unit} | new: there | here | times | repeated: there | here | times |",
            "|---|---|---|---|---|---|---|",
        ]
        for unit in units
    ]
    for rows in rival.measure():
        for table, one, inverse in zip(tables, rows, (False, True), strict=True):
            print(one, flush=True)
            new, again = ((1 / times) if inverse else times for times in one.times())
            numbers = (one.new_there, one.new_here, new, one.repeated_there, one.repeated_here, again)
            table.append(f"| {one.name} | " + " | ".join(f"{number:.3g}" for number in numbers) + " |")
    return "\n".join([f"{rival.version()} on {rival.TRIPLES:,} triples", "", *tables[0], "", *tables[1]])


def _drawing() -> str:
    lines = [
        "| things | ours usable, s | pyvis usable, s | times as soon | our frames/s | pyvis frames/s | our layout, s |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in drawing.measure():
        print(one, flush=True)
        late = f"not in {drawing.PATIENCE:.0f}"
        theirs = f"{one.theirs:.1f}" if one.theirs else late
        times = f"{one.theirs / one.ours:.0f}" if one.theirs else f"over {drawing.PATIENCE / one.ours:.0f}"
        frames = f"{one.theirs_frames:.0f}" if one.theirs_frames else "none"
        measured = (f"{one.size:,}", f"{one.ours:.2f}", theirs, times, f"{one.ours_frames:.0f}", frames)
        lines.append(f"| {' | '.join(measured)} | {one.layout:.1f} |")
    return "\n".join(lines)


PARTS: dict[str, Callable[[], str]] = {
    "speed": lambda: _figures(speed.measure()),
    "rival": _rival,
    "runaway": lambda: _figures(runaway.measure()),
    "isolation": lambda: _figures(runaway.kill_cost()),
    "scale": lambda: _rows(scale.COLUMNS, scale.measure()),
    "bulk": _bulk,
    "page": lambda: _figures(page.measure()),
    "drawing": _drawing,
}


def circumstances() -> str:
    """Return when, on what and with which versions a run was made."""
    names = ("pyoxigraph", "uvicorn", "fastapi")
    cores = subprocess.run(["nproc"], capture_output=True, text=True, check=False).stdout.strip() or "?"
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    when, python, busy = time.strftime("%Y-%m-%d"), platform.python_version(), os.getloadavg()[0]
    return f"{when}, {cores} cores, load {busy:.0f}, Python {python}, {versions}, {peer.oxigraph_version()}"


def main() -> None:
    """Run the parts named, or all."""
    wanted = sys.argv[1:] or [*PARTS, "conformance"]
    for name in wanted:
        if name == "conformance":
            conformance.write()
        else:
            put(PAGE, name, f"{circumstances()}\n\n{PARTS[name]()}")


if __name__ == "__main__":
    main()
