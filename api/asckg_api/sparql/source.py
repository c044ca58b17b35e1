"""The data that workers answer from, by the build and the user's own graphs."""

from pathlib import Path

from asckg.build import Build
from asckg.engine.pool import Source
from asckg.engine.pool.writing import version_of


def user_file(build: Build) -> Path:
    """Return where the user's own graphs lie: beside the builds, so that they survive each."""
    return build.path.parent.parent / "user" / "data.nq"


def source_of(build: Build, *, writable: bool) -> Source:
    """Return the data of a build as workers take it, with the user's own graphs where they may be written."""
    quads = int(build.manifest["triples"]) * 2
    if not writable:
        return Source(build.store_path, build.version, quads)
    file = user_file(build)
    own = file.read_bytes() if file.exists() else b""
    return Source(build.store_path, f"{build.version}-{version_of(own)}", quads + own.count(b"\n"), file)
