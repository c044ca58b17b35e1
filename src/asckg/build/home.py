"""Where builds lie, and which of them is the current one."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from asckg import __version__
from asckg.build.digest import Digests
from asckg.corpus import Corpus
from asckg.error import AsckgError
from asckg.tree import repository

FORMAT = 2
STORE = "store"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Build:
    """A finished build: a folder with a store, dumps and a manifest."""

    path: Path
    manifest: dict[str, Any]

    @property
    def version(self) -> str:
        """Return the version of the data and of the software that built them, 16 hexadecimal digits."""
        return str(self.manifest["version"])

    @property
    def quads(self) -> int:
        """Return how many quads the store holds: the default graph, and the named graphs that it repeats or not."""
        triples = int(self.manifest["triples"])
        return triples + (sum(self.manifest.get("graphs", {}).values()) or triples)

    @property
    def store_path(self) -> Path:
        """Return the folder of the Oxigraph store."""
        return self.path / STORE


def default_home() -> Path:
    """Return `$ASCKG_HOME`, else `build/` of a repository, else the user's cache folder."""
    if chosen := os.environ.get("ASCKG_HOME"):
        return Path(chosen)
    root = repository()
    return root / "build" if root else Path(platformdirs.user_cache_dir("asckg", appauthor=False))


def version_of(corpus: Corpus, home: Path | None = None) -> str:
    """Return the version that a build of this corpus by this software has; `home` remembers digests of large files."""
    digest = corpus.digest(Digests(home or default_home()))
    return hashlib.sha256(f"{FORMAT} {__version__} {digest}".encode()).hexdigest()[:16]


def current(home: Path | None = None) -> Build:
    """Return the current build; raise when there is none, or when another version of asckg made it."""
    home = home or default_home()
    pointer = home / "current"
    if not pointer.is_file():
        raise AsckgError(f"there is no build in {home}; run `asckg build`")
    folder = home / "builds" / pointer.read_text(encoding="ascii").strip()
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise AsckgError(f"the build in {folder} is damaged ({error}); run `asckg build`") from error
    if manifest.get("format") != FORMAT:
        raise AsckgError(
            f"the build in {folder} has format {manifest.get('format')}, this asckg reads {FORMAT}; run `asckg build`"
        )
    return Build(folder, manifest)


def fresh(corpus: Corpus, home: Path | None = None) -> Build | None:
    """Return the current build when it was made from exactly this corpus, else None."""
    try:
        found = current(home)
    except AsckgError:
        return None
    return found if found.version == version_of(corpus, home) else None
