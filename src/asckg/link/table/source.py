"""Bytes of a file, unpacked where packed, with limits against archives that swell."""

import gzip
import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from asckg.error import AsckgError

SWELL = 200
"""A packed file may grow by this factor; common tables grow by 3 to 30."""
FREE = 50_000_000
"""Bytes that any packed file may unpack to, whatever the factor."""
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"})


def whole(stream: IO[bytes], path: str) -> bytes:
    """Return all bytes of a stream, for forms that cannot be read in parts; refuse more than `FREE`."""
    found = stream.read(FREE + 1)
    if len(found) > FREE:
        raise AsckgError(f"{path} is larger than {FREE // 1_000_000} MB, too large for its form; cut it into parts")
    return found


@contextmanager
def seekable(stream: io.BufferedReader) -> Iterator[io.BufferedReader]:
    """Yield a stream that can be read from any place: itself, or a copy on disk of what is unpacked on the way."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast("io.BufferedReader", copy)


def check_swelling(path: str, stream: io.BufferedReader) -> None:
    """Raise `AsckgError` when a workbook, which is a zip archive, unpacks to far more than its size."""
    if zipfile.is_zipfile(stream):
        with _archive(stream, path) as archive:
            size = sum(item.file_size for item in archive.infolist())
        if size > max(FREE, stream.seek(0, io.SEEK_END) * SWELL):
            raise AsckgError(f"{path} unpacks to more than {SWELL} times its size; save the sheet as CSV")
    stream.seek(0)


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


class Unpacked(NamedTuple):
    """A file without its packing: its name without the suffix, its bytes, and how much of it was read, from 0 to 1."""

    name: str
    stream: io.BufferedReader
    read: Callable[[], float]


def share_of(stream: IO[bytes]) -> Callable[[], float]:
    """Return what says how much of a stream that can be read from any place was read, from 0 to 1."""
    here = stream.tell()
    size = stream.seek(0, io.SEEK_END) or 1
    stream.seek(here)
    return lambda: stream.tell() / size


@contextmanager
def unpacked(path: Path, member: str = "") -> Iterator[Unpacked]:
    """Yield a file, unpacked from gzip or from a zip archive (`member`)."""
    if not path.is_file():
        raise AsckgError(f"there is no file {path}")
    with path.open("rb", buffering=1 << 18) as raw:
        magic = raw.read(4)
        raw.seek(0)
        read = share_of(raw)
        most = max(FREE, path.stat().st_size * SWELL)
        if magic[:2] == b"\x1f\x8b":
            with gzip.open(raw) as inner:
                yield Unpacked(path.name.removesuffix(".gz"), _limited(inner, most, path), read)
        elif magic == b"PK\x03\x04" and path.suffix.lower() not in _WORKBOOKS and not _is_workbook(raw):
            with _archive(raw, path) as archive:
                member = _member_of(archive, path, member)
                with archive.open(member) as inner:
                    yield Unpacked(Path(member).name, _limited(inner, most, path), read)
        else:
            yield Unpacked(path.name, cast("io.BufferedReader", raw), read)


def _limited(inner: Any, most: int, path: Path) -> io.BufferedReader:
    return cast("io.BufferedReader", io.BufferedReader(Limited(inner, most, str(path)), 1 << 18))


def _is_workbook(raw: IO[bytes]) -> bool:
    """Say whether an archive is a workbook that lost its suffix, as downloads do."""
    try:
        with zipfile.ZipFile(raw) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    finally:
        raw.seek(0)
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= set(names)


def _archive(raw: IO[bytes], path: Path | str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(raw)
    except zipfile.BadZipFile as error:
        raise AsckgError(f"{path} is damaged: {error}; fetch the file again") from error


def _member_of(archive: zipfile.ZipFile, path: Path, wanted: str) -> str:
    """Return the only file of an archive, or the one whose name, or the end of it, is wanted."""
    members = [name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX")]
    fitting = [name for name in members if name.endswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    shown = ", ".join(members[:8])
    if not wanted:
        raise AsckgError(f"{path} holds {len(members)} files ({shown}); say with --member which one is meant")
    raise AsckgError(f"{path} holds {len(fitting) or 'no'} files whose name ends in {wanted!r}; it has {shown}")
