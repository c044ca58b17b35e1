"""Digests of the inputs of a build; those of large files are kept, so that a start need not read them again."""

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

from asckg.error import AsckgError
from asckg.whole import write

LARGE = 16 << 20  # bytes below which reading a file costs less than remembering it
SETTLED = 2.0  # seconds: a file that changed later may change again under the same time stamp
FILE = "digest.json"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Digests:
    """The SHA-256 of files, remembered in a folder by size, times and number of the file.

    What cannot be remembered, or be believed any more, is read again; a folder that cannot be written to costs time
    and nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._known: dict[str, list[Any]] | None = None

    def __call__(self, path: Path) -> str:
        """Return the SHA-256 of `path` as hexadecimal digits."""
        about = path.stat()
        if about.st_size < LARGE:
            return sha256(path)
        if self._known is None:
            self._known = _read(self.path)
        name, mark = str(path.resolve()), _mark(about)
        match self._known.get(name):
            case [*known, str(digest)] if known == mark:
                return digest
        began = time.time()
        digest = sha256(path)
        if _mark(path.stat()) == mark and max(about.st_mtime, about.st_ctime) < began - SETTLED:
            self._known[name] = [*mark, digest]
            self._keep()
        return digest

    def _keep(self) -> None:
        with contextlib.suppress(AsckgError):
            write(self.path, json.dumps(self._known, indent=1) + "\n")


def _mark(about: os.stat_result) -> list[int]:
    return [about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino]


def _read(path: Path) -> dict[str, list[Any]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
