"""Builds under conditions that a test sets."""

import subprocess
import sys
from pathlib import Path

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
