"""Turtle files on disk: which there are, and each rewritten whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from asckg.error import AsckgError
from asckg.tree import graph_data_dir, ontology_dir
from asckg.turtle.canonical import canonical
from asckg.turtle.parse import parse


def turtle_files(paths: Iterable[Path], root: Path | None = None) -> Iterator[Path]:
    """Yield the Turtle files that are named or lie below a named folder, sorted; else every one of the corpus.

    Raises `AsckgError` on a path that does not exist.
    """
    chosen = list(paths)
    if not chosen:
        chosen = [root / "ontology", root / "graph_data"] if root else [ontology_dir(), graph_data_dir()]
    for path in chosen:
        if path.is_dir():
            yield from sorted(path.rglob("*.ttl"))
        elif path.is_file():
            yield path
        else:
            raise AsckgError(f"{path}: no such file or folder")


def short(path: Path) -> Path:
    """Return a path below the working folder without that folder, as editors and CI services take it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def rewrite(path: Path, *, check: bool = False) -> bool:
    """Return whether a file is not in canonical form; write that form unless `check`.

    Raises `AsckgError` on a file with a syntax error, or with what canonical Turtle cannot hold.
    """
    parsed = parse(path)
    made = canonical(parsed)
    if made != parsed.text and not check:
        replace(path, made)
    return made != parsed.text


def replace(path: Path, text: str) -> None:
    """Write a text file in UTF-8: beside the old one, flushed, and swapped in by rename.

    Raises `AsckgError` when the folder cannot be written to or the disk is full; the old file is then untouched.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise AsckgError(f"{path}: cannot be written ({error.strerror}); the file is as it was") from error
