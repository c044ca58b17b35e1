"""The hand-edited files of the graph: which they are and which named graph each belongs to."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from asckg.error import AsckgError
from asckg.namespace import GRAPH
from asckg.tree import graph_data_dir, ontology_dir, queries_dir

SHORTCUTS = f"{GRAPH}shortcuts"
ACCEPTED = f"{GRAPH}links-accepted"
SUGGESTED = f"{GRAPH}links-suggested"
CATALOGUE = f"{GRAPH}catalogue"
ONTOLOGY = f"{GRAPH}ontology"
SCHEMES = f"{GRAPH}schemes"


@dataclass(frozen=True)
class CorpusFile:
    """A Turtle file of the corpus and the IRI of the named graph that it is loaded into."""

    path: Path
    graph: str


@dataclass(frozen=True)
class Corpus:
    """The three data trees."""

    ontology: Path
    data: Path
    queries: Path

    @classmethod
    def open(cls, root: Path | None = None) -> "Corpus":
        """Return the shipped corpus, or the one below `root`; raise when a tree is missing."""
        if root is None:
            return cls(ontology_dir(), graph_data_dir(), queries_dir())
        corpus = cls(root / "ontology", root / "graph_data", root / "queries")
        for tree in (corpus.ontology, corpus.data, corpus.queries):
            if not tree.is_dir():
                raise AsckgError(f"{tree} is not a folder; a corpus has ontology/, graph_data/ and queries/")
        return corpus

    def documents(self) -> list[Path]:
        """Return the folders of the source documents, sorted by name."""
        return sorted(p for p in self.data.iterdir() if p.is_dir() and p.name != "links" and any(p.glob("*.ttl")))

    def files(self) -> Iterator[CorpusFile]:
        """Yield every Turtle file with its graph: the ontology first, then schemes, then documents."""
        for path in sorted(self.ontology.glob("*.ttl")):
            yield CorpusFile(path, ONTOLOGY)
        for path in sorted((self.ontology / "scheme").glob("*.ttl")):
            yield CorpusFile(path, SCHEMES)
        for folder in self.documents():
            for path in sorted(folder.glob("*.ttl")):
                yield CorpusFile(path, GRAPH + folder.name)

    def shapes(self) -> list[Path]:
        """Return the SHACL files."""
        return sorted((self.ontology / "shape").glob("*.ttl"))

    def rules(self) -> list[Path]:
        """Return the CONSTRUCT queries that rebuild the shortcuts."""
        return sorted((self.ontology / "rule").glob("*.rq"))

    def queries_files(self) -> list[Path]:
        """Return the files of questions and maps."""
        return sorted(self.queries.rglob("*.rq"))

    def links(self) -> list[Path]:
        """Return the files of link decisions."""
        return sorted((self.data / "links").glob("*.sssom.tsv"))

    def external(self) -> list[Path]:
        """Return the loaded external tables: N-Triples, each for the graph `external-` and its name."""
        return sorted((self.data / "links" / "external").glob("*.nt"))

    def inputs(self) -> list[Path]:
        """Return every file that a build depends on."""
        turtle = [f.path for f in self.files()]
        return [*turtle, *self.rules(), *self.queries_files(), *self.links(), *self.external()]

    def digest(self, digest_of: Callable[[Path], str]) -> str:
        """Return the first 16 hexadecimal digits of the SHA-256 over names and contents of all inputs.

        `digest_of` returns the SHA-256 of a file.
        """
        total = hashlib.sha256()
        for path in self.inputs():
            total.update(f"{path.parent.name}/{path.name} {digest_of(path)}\n".encode())
        return total.hexdigest()[:16]
