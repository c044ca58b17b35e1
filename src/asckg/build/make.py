"""The one build: load, derive, dump beside the old build, then swap."""

import json
import os
import shutil
from itertools import chain, count
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from asckg import __version__
from asckg.build.catalogue import catalogue_quads
from asckg.build.count import counts
from asckg.build.dump import write_dumps
from asckg.build.home import FORMAT, MANIFEST, STORE, Build, fresh, version_of
from asckg.build.load import ensure_default, load_corpus
from asckg.build.shortcut import shortcut_quads
from asckg.corpus import Corpus
from asckg.error import AsckgError
from asckg.scratch import Scratch, sweep

KEPT = 2
STAGING = ".new-"


def build(corpus: Corpus, home: Path, *, force: bool = False) -> Build:
    """Return the current build of `corpus` in `home`, made anew unless it is already there.

    The new build is written to a folder of its own and swapped in by rename: a crash at any point
    leaves the old build or the new one. Raises `AsckgError` on a syntax error, an unwritable
    folder or a full disk, with the old build untouched.
    """
    if not force and (found := fresh(corpus, home)):
        return found
    builds = home / "builds"
    try:
        builds.mkdir(parents=True, exist_ok=True)
        sweep(STAGING, builds)
        scratch = Scratch(STAGING, builds)
    except OSError as error:
        raise AsckgError(f"cannot write to {home} ({error.strerror}); choose another folder with --home") from error
    scratch.path.chmod(0o755)
    try:
        manifest = _fill(corpus, scratch.path)
        scratch.release()
        return _swap(scratch.path, home, manifest)
    except OSError as error:
        raise AsckgError(f"the build stopped ({error}); the previous build is untouched") from error
    finally:
        scratch.remove()


def _fill(corpus: Corpus, folder: Path) -> dict[str, Any]:
    memory = ox.Store()
    load_corpus(memory, corpus)
    memory.extend(shortcut_quads(memory, corpus))
    ensure_default(memory)
    memory.extend(catalogue_quads(memory, corpus))
    ensure_default(memory)
    manifest: dict[str, Any] = {"format": FORMAT, "version": version_of(corpus), "software": __version__}
    manifest |= counts(memory)
    manifest["dumps"] = write_dumps(memory, folder)
    _copy_to_disk(memory, folder)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return manifest


def _copy_to_disk(memory: ox.Store, folder: Path) -> None:
    """Write the store; by a file, since quads as objects of Python take longer than all the rest."""
    quads = folder / "store.nq"
    memory.dump(quads, ox.RdfFormat.N_QUADS)
    disk = ox.Store(str(folder / STORE))
    disk.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    quads.unlink()
    disk.optimize()  # a look-up reads one file of a kind then, and not one of each piece that was loaded
    disk.flush()


def _swap(staging: Path, home: Path, manifest: dict[str, Any]) -> Build:
    target = _free(home / "builds", manifest["version"])
    staging.rename(target)
    pointer = home / ".current.new"
    with pointer.open("w", encoding="ascii") as file:
        file.write(target.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(home / "current")
    _forget(home / "builds", target.name)
    return Build(target, manifest)


def _free(builds: Path, version: str) -> Path:
    """Return a folder for a build that nobody has: a version may be built again while a server reads it."""
    names = chain([version], (f"{version}-{number}" for number in count(2)))
    return next(builds / name for name in names if not (builds / name).exists())


def _forget(builds: Path, keep: str) -> None:
    others = [p for p in builds.iterdir() if p.is_dir() and p.name != keep and not p.name.startswith(".")]
    for stale in sorted(others, key=lambda p: p.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(stale, ignore_errors=True)
