"""Versions: the corpus triples of a build, a dump, a folder of Turtle or a git revision."""

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from asckg.build.home import STORE
from asckg.build.load import EXTERNAL, quads_in
from asckg.corpus import ACCEPTED, CATALOGUE, SHORTCUTS, SUGGESTED, Corpus
from asckg.engine.embedded import EmbeddedEngine, from_ox, parse_file
from asckg.error import AsckgError
from asckg.link.publish import accepted_triples, suggested_triples
from asckg.location import read_store
from asckg.namespace import compact, expand
from asckg.term import Term, Triple
from asckg.turtle.reason import refusal

_DERIVED = frozenset({SHORTCUTS, CATALOGUE})
_LABELS = tuple(expand(name) for name in ("skos:prefLabel", "rdfs:label", "asc:paraphrase", "dct:title"))
Facts = dict[str, frozenset[Term]]


@dataclass(frozen=True)
class Version:
    """The triples that a version states itself: shortcuts, catalogue, external tables and blank nodes left out."""

    name: str
    triples: frozenset[Triple]

    @cached_property
    def things(self) -> dict[str, Facts]:
        """Return what is said of each subject, by property."""
        gathered: dict[str, dict[str, set[Term]]] = {}
        for subject, predicate, value in self.triples:
            gathered.setdefault(subject.value, {}).setdefault(predicate.value, set()).add(value)
        return {iri: {name: frozenset(terms) for name, terms in facts.items()} for iri, facts in gathered.items()}

    def label(self, iri: str) -> str:
        """Return the label of a thing in this version, or its prefixed name."""
        facts = self.things.get(iri, {})
        found = (min(facts[name]).value for name in _LABELS if name in facts)
        return next(found, compact(iri))

    def of_kind(self, kind: str) -> set[str]:
        """Return the things of a class, given as a prefixed name."""
        wanted = Term.iri(expand(kind))
        return {iri for iri, facts in self.things.items() if wanted in facts.get(expand("rdf:type"), ())}


def read_version(name: str, repository: Path | None = None) -> Version:
    """Return the version that `name` is: a folder, a file, or a git revision of the repository.

    A folder is a corpus, a build, or Turtle; a file is a dump or Turtle, also with `.gz`. Raises
    `AsckgError` when it is none of these.
    """
    path = Path(name)
    if (path / "graph_data").is_dir():
        return _version(name, _corpus_quads(Corpus.open(path)))
    if (path / STORE).is_dir():
        return _version(name, _build_quads(path))
    if (path / "dump.nq.gz").is_file():
        return _version(name, read_store(path / "dump.nq.gz"))
    if path.exists():
        return _version(name, read_store(path))
    return _revision(name, repository or Path.cwd())


def _version(name: str, quads: Iterable[ox.Quad]) -> Version:
    store = ox.Store()  # a store writes numbers in one way, as a build does: 1500.0 and 1500 are no change
    store.bulk_extend(quads)
    triples = set()
    for quad in store:
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if graph in _DERIVED or graph.startswith(EXTERNAL) or isinstance(quad.subject, ox.BlankNode):
            continue
        if not isinstance(quad.object, ox.BlankNode):
            triples.add((from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)))
    return Version(name, frozenset(triples))


def _corpus_quads(corpus: Corpus) -> list[ox.Quad]:
    found: list[ox.Quad] = []
    for file in corpus.files():
        try:
            found += parse_file(file.path, ox.NamedNode(file.graph))
        except SyntaxError as error:
            raise AsckgError(refusal(file.path, error)) from error
    folder = corpus.data / "links"
    for graph, triples in ((ACCEPTED, accepted_triples(folder)), (SUGGESTED, suggested_triples(folder))):
        found += quads_in(triples, graph)
    return found


def _build_quads(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of a build's named graphs, external tables left out: they may be large."""
    store = EmbeddedEngine.open(path / STORE, path.name).store
    for graph in store.named_graphs():
        if isinstance(graph, ox.NamedNode) and not graph.value.startswith(EXTERNAL):
            yield from store.quads_for_pattern(None, None, None, graph)


def _revision(name: str, repository: Path) -> Version:
    git = shutil.which("git")
    if git is None or name.startswith("-"):
        raise AsckgError(f"{name!r} is no folder and no file, and without git it cannot be a revision")
    command = [git, "-C", str(repository), "archive", "--format=tar", name, "--", "ontology", "graph_data"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git, with a revision as one argument
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise AsckgError(f"{name!r} is no folder, no file and no git revision with a corpus ({said})")
    with tempfile.TemporaryDirectory(prefix="asckg-") as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        root = Path(folder)
        (root / "queries").mkdir(exist_ok=True)
        return _version(name, _corpus_quads(Corpus.open(root)))
