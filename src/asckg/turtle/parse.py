"""Turtle read by Oxigraph's parser: triples and prefixes, or the place of the mistake."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from asckg.error import AsckgError
from asckg.turtle.reason import fault
from asckg.turtle.token import Block, blocks


class TurtleSyntaxError(AsckgError):
    """A file that is no Turtle; `line` and `column` count from 1."""

    def __init__(self, path: Path, line: int, column: int, reason: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {reason}")
        self.line = line
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class Parsed:
    """What a Turtle file says: its triples, the prefixes it declares, and its text."""

    path: Path
    text: str
    triples: tuple[ox.Triple, ...]
    prefixes: dict[str, str]

    @cached_property
    def subjects(self) -> tuple[tuple[str, Block], ...]:
        """The IRI of each block with its place, in the order of the file; blank subjects are left out."""
        return tuple(self._subjects())

    def _subjects(self) -> Iterator[tuple[str, Block]]:
        for block in blocks(self.text):
            prefix, colon, local = block.subject.partition(":")
            if block.subject.startswith("<"):
                yield block.subject[1:-1], block
            elif colon and prefix in self.prefixes:
                yield self.prefixes[prefix] + local.replace("\\", ""), block


def parse(path: Path, text: str | None = None) -> Parsed:
    """Return what a Turtle file says; `text` is its content where it was read before.

    Raises `TurtleSyntaxError` with line and column, and `AsckgError` when the file cannot be read as UTF-8.
    """
    if text is None:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise AsckgError(f"{path}: cannot be read: {error}") from error
    parser = ox.parse(text, format=ox.RdfFormat.TURTLE)
    try:
        triples = tuple(quad.triple for quad in parser)
    except SyntaxError as error:
        raise TurtleSyntaxError(path, *fault(path, error, text)) from error
    return Parsed(path, text, triples, dict(parser.prefixes))
