"""The data that workers answer from, by the build and the user's own graphs."""

from pathlib import Path

from asckg.build import Build
from asckg.engine.pool import Source
from asckg.engine.pool.writing import version_of
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
    own = file.read_bytes() if file.exists() else b""
    quads = build.quads + own.count(b"\n")
    if quads > settings.stored_in_memory:
        raise AsckgError(
            f"--writable needs all data in memory, and {quads:,} quads are more than --stored-in-memory "
            f"{settings.stored_in_memory}; give it {quads * 5 // 4} (about {quads * BYTES_A_QUAD >> 20:,} MiB), "
            "serve a corpus with smaller external tables, or leave --writable out"
        )
    return Source(build.store_path, f"{build.version}-{version_of(own)}", quads, file)
