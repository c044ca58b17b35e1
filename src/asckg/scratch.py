"""Folders for work in progress, and the removal of those whose process was killed."""

import contextlib
import os
import shutil
import stat
import sys
import tempfile
import time
from pathlib import Path

LOCK = ".alive"
DAY = 86_400.0  # seconds after which a folder without a lock is nobody's: its maker was killed as it began


class Scratch:
    """A folder that belongs to this process until it ends, however it ends.

    The lock in it is the kernel's: it is gone with the process, which is how a later one knows that nobody
    works there any more. Children that were forked hold it too; those that were started anew do not.
    """

    def __init__(self, prefix: str, parent: Path) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        # It gets its name when it is held: a sweep that found it before that would take the folder for a left one.
        name = LOCK if sys.platform == "win32" else f"{LOCK}.new"  # there it is not held, and not to be renamed
        self._lock = os.open(self.path / name, os.O_CREAT | os.O_RDWR, 0o600)
        _lock(self._lock)
        if name != LOCK:
            (self.path / name).rename(self.path / LOCK)

    def release(self) -> None:
        """Give up the folder and leave what lies in it, without the lock."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
        (self.path / LOCK).unlink(missing_ok=True)

    def remove(self) -> None:
        """Delete the folder with all that is in it."""
        if self.path.exists():
            self.release()
            shutil.rmtree(self.path, ignore_errors=True)


def sweep(prefix: str, parent: Path) -> list[Path]:
    """Return the folders of `parent` that processes which were killed had left, after deleting them.

    Folders of other users, of living processes and of one that is just being made are left alone.
    """
    return [folder for folder in parent.glob(f"{prefix}*") if _is_left(folder) and _deleted(folder)]


def _is_left(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        about = folder.lstat()
        if not folder.is_dir() or folder.is_symlink() or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
            return False
        lock = folder / LOCK
        if not lock.exists():
            return time.time() - about.st_mtime > DAY
        descriptor = os.open(lock, os.O_RDWR)
        try:
            return _lock(descriptor)
        finally:
            os.close(descriptor)
    return False


def _deleted(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def keep_locked(descriptor: int) -> int:
    """Return a second descriptor that holds a lock on an open file until it is closed; -1 where there are no locks."""
    try:
        import fcntl  # noqa: PLC0415  absent on Windows
    except ImportError:
        return -1
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return os.dup(descriptor)
    except OSError:  # some drives of a network have none
        return -1


def removed_if_left(path: Path) -> bool:
    """Say whether a file was deleted because nobody alive holds its lock; links and files of others are left alone."""
    with contextlib.suppress(OSError):
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
            return False
        descriptor = os.open(path, os.O_RDWR)
        try:
            if _lock(descriptor):
                path.unlink()
                return True
        finally:
            os.close(descriptor)
    return False


def _lock(descriptor: int) -> bool:
    """Whether the file is now this process's: nobody alive holds it."""
    try:
        import fcntl  # noqa: PLC0415  absent on Windows
    except ImportError:
        return False  # there an open file cannot be deleted, and what nobody can tell apart stays
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
