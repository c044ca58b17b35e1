"""The data that workers answer from, by the build and the user's own graphs."""

from pathlib import Path

from filelock import FileLock, Timeout

from asckg.build import Build
from asckg.engine.pool import Source
from asckg.error import AsckgError
from asckg_api.settings import Settings

BYTES_A_QUAD = 400  # of memory


def user_file(build: Build) -> Path:
    """Return where the user's own graphs lie: beside the builds, so that they survive each."""
    return build.path.parent.parent / "user" / "data.nq"


def source_of(build: Build, settings: Settings) -> Source:
    """Return the data of a build as workers take it, with the user's own graphs where they may be written.

    Raises `AsckgError` where they may be written and all together is more than is held in memory, which writing needs.
    """
    if not settings.writable:
        return Source(build.store_path, build.version, build.quads)
    file = user_file(build)
    quads = build.quads + (file.read_bytes().count(b"\n") if file.exists() else 0)
    if quads > settings.stored_in_memory:
        raise AsckgError(
            f"--writable needs all data in memory, and {quads:,} quads are more than --stored-in-memory "
            f"{settings.stored_in_memory}; give it {quads * 5 // 4} (about {quads * BYTES_A_QUAD >> 20:,} MiB), "
            "serve a corpus with smaller external tables, or leave --writable out"
        )
    return Source(build.store_path, build.version, quads, file).as_it_is()


def claim(build: Build) -> FileLock:
    """Return the lock on the user's own graphs, held until it is dropped or this process ends, however it ends.

    Each server holds these graphs and writes them out whole, so two would undo each other's writes. Raises AsckgError
    where another holds it, or the folder cannot be written.
    """
    folder = user_file(build).parent
    lock = FileLock(folder / "lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise AsckgError(f"another server writes to {folder}; stop it, or give this one a --home of its own") from error
    except OSError as error:
        raise AsckgError(f"{folder} cannot be written ({error.strerror}), so --writable cannot be had") from error
    return lock
