"""Builds under conditions that a test sets."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EX = "http://example.org/"

_BUILD = """
import resource, signal, sys
from pathlib import Path
from asckg import AsckgError
from asckg.build import build, table
from asckg.corpus import Corpus

corpus, home, most, large = sys.argv[1:]
table.LARGE = int(large) if large else table.LARGE
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
try:
    build(Corpus.open(Path(corpus)), Path(home), tell=print)
except AsckgError as error:
    print(error)
"""


def built_on_small_disk(
    corpus: Path, home: Path, most: int, large: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Build in a process whose files may have `most` bytes; tables from `large` bytes on go straight to disk."""
    arguments = [str(corpus), str(home), str(most), "" if large is None else str(large)]
    return subprocess.run([sys.executable, "-c", _BUILD, *arguments], capture_output=True, text=True, check=True)


_HELD = """
import sys
from pathlib import Path
from asckg.build import build, table
from asckg.corpus import Corpus

corpus, home, step = sys.argv[1:]
table.LARGE = 0

def tell(doing):
    if doing.startswith(step):
        print(doing, flush=True)
        sys.stdin.read()

build(Corpus.open(Path(corpus)), Path(home), force=True, tell=tell)
"""


@contextmanager
def building(corpus: Path, home: Path, step: str) -> Iterator[subprocess.Popen[str]]:
    """Yield a process that builds, which waits at the step that begins so; it is killed there at the end of the block.

    The corpus needs an external table, since a build tells only of those what it does.
    """
    command = [sys.executable, "-c", _HELD, str(corpus), str(home), step]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith(step)
            yield process
        finally:
            process.kill()


def write_table(corpus: Path, rows: int = 500) -> Path:
    """Write a table with a row twice, numbers written in two ways, and a text that looks like an end of line."""
    lines = [f'<{EX}{n}> <{EX}name> "row {n} .\\n <x> .\\n" .' for n in range(rows)]
    lines += [f'<{EX}{n}> <{EX}size> "{n}.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .' for n in range(rows)]
    lines.sort(key=lambda line: line[::-1])
    path = corpus / "graph_data/links/external/rows.nt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, lines[0]]) + "\n", encoding="utf-8")
    return path
