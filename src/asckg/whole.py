"""Files written whole or not at all, whatever ends the run."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from asckg.error import AsckgError


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
    try:
        if parents:
            path.parent.mkdir(parents=True, exist_ok=True)
        if device:
            with path.open(mode, **text) as file:  # type: ignore[call-overload]  # text or bytes, as the mode says
                yield file
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        new = Path(name)
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


def write(path: Path, content: str | bytes, *, parents: bool = False) -> None:
    """Write a text or bytes whole or not at all, as `beside` does."""
    with beside(path, "wb", parents=parents) as file:
        file.write(content.encode() if isinstance(content, str) else content)
