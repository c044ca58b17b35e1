"""Turtle files on disk: which there are, and each rewritten whole or not at all."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from asckg.error import AsckgError
from asckg.tree import graph_data_dir, ontology_dir
from asckg.turtle.canonical import canonical
from asckg.turtle.parse import parse
from asckg.whole import write


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
        write(path, made)
    return made != parsed.text
