"""Bytes of a file, unpacked where packed, with limits against archives that swell."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from asckg.error import AsckgError

SWELL = 200
"""A packed file may grow by this factor; common tables grow by 3 to 30."""
FREE = 50_000_000
"""Bytes that any packed file may unpack to, whatever the factor."""


def whole(stream: IO[bytes], path: str) -> bytes:
    """Return all bytes of a stream, for forms that cannot be read in parts; refuse more than `FREE`."""
    found = stream.read(FREE + 1)
    if len(found) > FREE:
        raise AsckgError(f"{path} is larger than {FREE // 1_000_000} MB, too large for its form; cut it into parts")
    return found


def check_swelling(path: Path) -> None:
    """Raise `AsckgError` when a workbook, which is a zip archive, unpacks to far more than its size."""
    if zipfile.is_zipfile(path):
        with path.open("rb") as raw, _archive(raw, path) as archive:
            size = sum(item.file_size for item in archive.infolist())
        if size > max(FREE, path.stat().st_size * SWELL):
            raise AsckgError(f"{path} unpacks to more than {SWELL} times its size; save the sheet as CSV")


class Limited(io.RawIOBase):
    """A stream that stops with an error after `most` bytes."""

    def __init__(self, inner: IO[bytes] | gzip.GzipFile, most: int, path: str) -> None:
        super().__init__()
        self._inner, self._left, self._path = inner, most, path

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            data = self._inner.read(len(buffer))
        except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
            raise AsckgError(f"{self._path} is damaged: {error}; fetch the file again") from error
        self._left -= len(data)
        if self._left < 0:
            raise AsckgError(
                f"{self._path} unpacks to more than {SWELL} times its size; if it is meant to, unpack it first"
            )
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[str, io.BufferedReader]]:
    """Yield the name without its packing suffix and the bytes; gzip and single-file zip archives are unpacked."""
    if not path.is_file():
        raise AsckgError(f"there is no file {path}")
    with path.open("rb", buffering=1 << 18) as raw:
        magic = raw.read(4)
        raw.seek(0)
        most = max(FREE, path.stat().st_size * SWELL)
        if magic[:2] == b"\x1f\x8b":
            with gzip.open(raw) as inner:
                yield path.name.removesuffix(".gz"), io.BufferedReader(Limited(inner, most, str(path)), 1 << 18)
        elif magic == b"PK\x03\x04" and path.suffix.lower() not in {".xlsx", ".xlsm", ".xlsb", ".ods"}:
            with _archive(raw, path) as archive:
                member = _only_member(archive, path)
                with archive.open(member) as inner:
                    yield Path(member).name, io.BufferedReader(Limited(inner, most, str(path)), 1 << 18)
        else:
            yield path.name, cast("io.BufferedReader", raw)


def _archive(raw: IO[bytes], path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(raw)
    except zipfile.BadZipFile as error:
        raise AsckgError(f"{path} is damaged: {error}; fetch the file again") from error


def _only_member(archive: zipfile.ZipFile, path: Path) -> str:
    members = [name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX")]
    if len(members) != 1:
        shown = ", ".join(members[:5])
        raise AsckgError(f"{path} holds {len(members)} files ({shown}); unpack it and name the one that is meant")
    return members[0]
