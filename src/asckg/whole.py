"""Files written whole or not at all, whatever ends the run."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from asckg.error import AsckgError
from asckg.scratch import keep_locked, removed_if_left

UNDONE = ".asckg-undone"
"""How the names of files end that are being written."""


@contextmanager
def beside(path: Path, mode: str = "w", *, parents: bool = False) -> Iterator[IO[Any]]:
    """Yield a file, of text in UTF-8 or with `wb` of bytes, that takes the place of `path` when the block ends well.

    Until then what stood there stays. With `parents`, missing folders are made. Raises `AsckgError` when the folder is
    missing or cannot be written, or the disk is full. A device such as `/dev/stdout` is written as it is.
    """
    device = path.exists() and not path.is_file()
    rights = path.stat().st_mode & 0o777 if path.exists() else 0o644
    text = {} if "b" in mode else {"encoding": "utf-8", "newline": ""}
    new: Path | None = None
    lock = -1
    try:
        if parents:
            path.parent.mkdir(parents=True, exist_ok=True)
        if device:
            with path.open(mode, **text) as file:  # type: ignore[call-overload]  # text or bytes, as the mode says
                yield file
            return
        new, handle, lock = _begun(path)
        with os.fdopen(handle, mode, **text) as file:  # type: ignore[call-overload]  # as above
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.chmod(rights)
        new.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AsckgError(f"{path} cannot be written: {error.strerror}; nothing was changed") from error
    finally:
        if new is not None:
            new.unlink(missing_ok=True)
        if lock >= 0:
            os.close(lock)


def _begun(path: Path) -> tuple[Path, int, int]:
    """Return a new file beside a path, its descriptor, and the one that holds its lock or -1."""
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=UNDONE, dir=path.parent)
        lock = keep_locked(handle)
        if lock < 0 or os.fstat(handle).st_nlink:
            return Path(name), handle, lock
        os.close(handle)  # it was swept away before it had its lock
        os.close(lock)


def sweep_beside(path: Path) -> list[Path]:
    """Return the unfinished files of `path` that killed processes left, after deleting them.

    Those of living processes are locked and stay.
    """
    try:
        found = sorted(file for file in path.parent.iterdir() if _is_undone(file.name, path.name))
    except OSError:
        return []  # no folder yet, or one that cannot be read: there is nothing to tidy
    return [file for file in found if removed_if_left(file)]


def _is_undone(name: str, of: str) -> bool:
    return name.startswith(f".{of}.") and name.endswith(UNDONE)


def write(path: Path, content: str | bytes, *, parents: bool = False) -> None:
    """Write a text or bytes whole or not at all, as `beside` does."""
    with beside(path, "wb", parents=parents) as file:
        file.write(content.encode() if isinstance(content, str) else content)
