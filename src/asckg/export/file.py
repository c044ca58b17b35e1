"""Files: an export on disk, whole or not at all."""

import os
import tempfile
from pathlib import Path

from asckg.error import AsckgError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, flush it, and swap it in by rename.

    Raises `AsckgError` when the folder is missing or cannot be written, or the disk is full; an older file stays.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(0o644)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise AsckgError(f"{path} cannot be written ({error.strerror}); nothing was changed") from error
