"""The one build: load, derive, dump beside the old build, then swap."""

import json
import shutil
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from asckg import __version__
from asckg.build.apart import load_apart
from asckg.build.catalogue import catalogue_quads
from asckg.build.count import counts
from asckg.build.dump import write_dumps
from asckg.build.home import FORMAT, MANIFEST, STORE, Build, version_of
from asckg.build.load import ensure_default, load_corpus
from asckg.build.shortcut import shortcut_quads
from asckg.build.table import Table, load_tables, tables_of
from asckg.corpus import Corpus
from asckg.engine.packed import pack
from asckg.error import AsckgError
from asckg.scratch import Scratch, sweep
from asckg.whole import write

KEPT = 2
STAGING = ".new-"


def make(corpus: Corpus, home: Path, tell: Callable[[str], object]) -> Build:
    """Return a new build of `corpus` in `home`, which is the current one from then on.

    `tell` hears what is done next where it takes long: what concerns large external tables.

    The new build is written to a folder of its own and swapped in by rename: a crash at any point
    leaves the old build or the new one. Raises `AsckgError` on a syntax error, an unwritable
    folder or a full disk, with the old build untouched.
    """
    version = version_of(corpus, home)  # a file that changes later makes the build stale, not wrong for ever
    builds = home / "builds"
    try:
        builds.mkdir(parents=True, exist_ok=True)
        sweep(STAGING, builds)
        scratch = Scratch(STAGING, builds)
    except OSError as error:
        raise AsckgError(f"cannot write to {home} ({error.strerror}); choose another folder with --home") from error
    scratch.path.chmod(0o755)
    try:
        manifest = _fill(corpus, version, scratch.path, tell)
        scratch.release()
        return _swap(scratch.path, home, manifest)
    except OSError as error:
        raise AsckgError(f"the build stopped ({error}); the previous build is untouched") from error
    finally:
        scratch.remove()


def _fill(corpus: Corpus, version: str, folder: Path, tell: Callable[[str], object]) -> dict[str, Any]:
    """Write store, dumps and manifest: the corpus by way of memory, large external tables not."""
    tables = tables_of(corpus)
    large = [table for table in tables if table.is_large]
    memory = ox.Store()
    load_corpus(memory, corpus)
    memory.extend(shortcut_quads(memory, corpus))
    load_tables(memory, [table for table in tables if table not in large])
    ensure_default(memory)
    memory.extend(catalogue_quads(memory, corpus, version))
    ensure_default(memory)
    manifest: dict[str, Any] = {"format": FORMAT, "version": version, "software": __version__} | counts(memory)
    _copy_to_disk(memory, large, folder, tell)
    heard = tell if large else str
    heard("writing the dumps")
    manifest["dumps"], found = write_dumps(memory, folder, folder / STORE, large)
    manifest["graphs"] |= found
    heard("taking it into use")
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return manifest


def _copy_to_disk(memory: ox.Store, tables: list[Table], folder: Path, tell: Callable[[str], object]) -> None:
    """Write the store; by a file, since quads as objects of Python take longer than all the rest."""
    quads = folder / "store.nq"
    memory.dump(quads, ox.RdfFormat.N_QUADS)
    disk = ox.Store(str(folder / STORE))
    disk.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    if not tables:
        pack(quads, folder / STORE)
    quads.unlink()
    if tables:
        disk.flush()
        del disk  # closed: the process that loads is the only one that may have it open
        load_apart(folder / STORE, tables, tell)
        return
    disk.optimize()  # a look-up reads one file of a kind then, and not one of each piece that was loaded
    disk.flush()


def _swap(staging: Path, home: Path, manifest: dict[str, Any]) -> Build:
    target = _moved(staging, home / "builds", manifest["version"])
    write(home / "current", target.name + "\n")
    _forget(home / "builds", target.name)
    return Build(target, manifest)


def _moved(staging: Path, builds: Path, version: str) -> Path:
    """Return where the build stands now: another process may take a free place just before this one does."""
    while True:
        target = _free(builds, version)
        try:
            return staging.rename(target)
        except OSError:
            if not target.exists():
                raise


def _free(builds: Path, version: str) -> Path:
    """Return a folder for a build that nobody has: a version may be built again while a server reads it."""
    names = chain([version], (f"{version}-{number}" for number in count(2)))
    return next(builds / name for name in names if not (builds / name).exists())


def _forget(builds: Path, keep: str) -> None:
    others = [p for p in builds.iterdir() if p.is_dir() and p.name != keep and not p.name.startswith(".")]
    for stale in sorted(others, key=lambda p: p.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(stale, ignore_errors=True)
