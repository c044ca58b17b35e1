"""Builds: the corpus as an Oxigraph store with dumps and a manifest, swapped in whole or not at all."""

from collections.abc import Callable
from pathlib import Path

from asckg.build.home import Build, current, default_home, fresh
from asckg.corpus import Corpus

__all__ = ["Build", "build", "current", "default_home", "fresh"]


def build(corpus: Corpus, home: Path, *, force: bool = False, tell: Callable[[str], object] = str) -> Build:
    """Return the current build of `corpus` in `home`, made anew unless it is already there.

    `tell` hears what is done next where it takes long: what concerns large external tables.

    The new build is written to a folder of its own and swapped in by rename: a crash at any point
    leaves the old build or the new one. Raises `AsckgError` on a syntax error, an unwritable
    folder or a full disk, with the old build untouched.
    """
    if not force and (found := fresh(corpus, home)):
        return found
    from asckg.build.make import make  # noqa: PLC0415 - what builds is slow to import, and most find a build

    return make(corpus, home, tell)
