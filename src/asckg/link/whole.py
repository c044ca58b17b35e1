"""Files written whole or not at all, whatever ends the run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from asckg.error import AsckgError


@contextmanager
def beside(path: Path) -> Iterator[TextIO]:
    """Yield a text file that takes the place of `path` when the block ends well; until then the old one stays.

    Raises `AsckgError` when the disk is full or the folder cannot be written. A device such as `/dev/stdout` is
    written as it is.
    """
    device = path.exists() and not path.is_file()
    new = path if device else path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            if not device:
                os.fsync(file.fileno())
        if not device:
            new.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        kept = "; what stood there is untouched" if path.is_file() else ""
        raise AsckgError(f"{path} cannot be written: {error.strerror}{kept}; make room, then run again") from error
    finally:
        if not device:
            new.unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    """Write a text whole or not at all."""
    with beside(path) as file:
        file.write(text)
