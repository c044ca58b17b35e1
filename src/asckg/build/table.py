"""External tables: into memory where they are small, else straight to the store on disk, and from there in order."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from asckg.build.load import EXTERNAL
from asckg.build.order import Sorter
from asckg.corpus import Corpus
from asckg.error import AsckgError
from asckg.turtle.reason import refusal

LARGE = 16 << 20  # bytes of a file, some 100,000 triples, above which a table is not held in memory
PIECE = 16 << 20  # bytes of a file that are put in order at once


@dataclass(frozen=True)
class Table:
    """An external table: a file of N-Triples and the named graph that it is loaded into."""

    path: Path
    graph: ox.NamedNode

    @classmethod
    def of(cls, path: Path) -> "Table":
        """Return the table in a file; raise `AsckgError` when no graph can be named after it."""
        try:
            return cls(path, ox.NamedNode(EXTERNAL + path.stem))
        except ValueError as error:
            raise AsckgError(
                f"{path}: {path.stem!r} cannot end the IRI of a graph ({error}); use letters, digits and hyphens"
            ) from error

    @property
    def is_large(self) -> bool:
        """Return whether the table is too large to be held in memory."""
        return self.path.stat().st_size > LARGE


def tables_of(corpus: Corpus) -> list[Table]:
    """Return the external tables of a corpus in the order of their names."""
    return [Table.of(path) for path in corpus.external()]


def load_tables(store: ox.Store, tables: list[Table]) -> None:
    """Load each table into its graph; raise one error that names every table that cannot be read."""
    broken: list[str] = []
    for table in tables:
        try:
            store.bulk_load(path=str(table.path), format=ox.RdfFormat.N_TRIPLES, to_graph=table.graph)
        except SyntaxError:
            broken.append(_first_fault(table.path))
    if broken:
        raise AsckgError("\n".join(["the external tables cannot be read; nothing was built", *broken]))


def sorted_triples(table: Table, disk: Path, folder: Path) -> Sorter:
    """Return the lines of a table as N-Triples, in order and as a store writes them; `folder` has room for them.

    They come from the file, by way of small stores in memory: the store at `disk`, which holds it as well, takes twice
    as long to find the text of every term. Only it knows which blank nodes are the same, though.
    """
    lines = Sorter(folder)
    with table.path.open("rb") as file:
        while text := b"".join(file.readlines(PIECE)):
            if b"_:" in text:  # in a label of a blank node, or in a text, which costs time and nothing else
                lines = Sorter(folder)
                _dump(ox.Store.read_only(str(disk)), lines, table.graph)
                return lines
            piece = ox.Store()
            piece.bulk_load(text, ox.RdfFormat.N_TRIPLES)
            _dump(piece, lines, ox.DefaultGraph())
    return lines


def _dump(store: ox.Store, lines: Sorter, graph: ox.NamedNode | ox.DefaultGraph) -> None:
    store.dump(lines, ox.RdfFormat.N_TRIPLES, from_graph=graph)  # type: ignore[arg-type]  # all it calls is write


def _first_fault(path: Path) -> str:
    """Return where a file cannot be read and why; read anew, since several threads load it, each from a part."""
    try:
        for _ in ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES):
            pass
    except SyntaxError as error:
        return refusal(path, error)
    return f"{path}: it changed while it was read; build again"
