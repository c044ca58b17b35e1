"""The graph as Python programs use it."""

import html
import re
import tempfile
import weakref
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from asckg.answer import Answer
from asckg.build import Build
from asckg.caveat import CAVEAT
from asckg.claim import Claims, find_claims
from asckg.corpus import Corpus
from asckg.engine import Closing, Engine
from asckg.engine.media import SUFFIX
from asckg.entity import Entity, find_entity
from asckg.error import AsckgError
from asckg.location import open_location
from asckg.question import Question, ask, load_all
from asckg.style import Kind, kind, kind_of, kinds
from asckg.term import Term

if TYPE_CHECKING:
    import networkx as nx

    from asckg.drawing import Drawing
    from asckg.search.index import Hit, LabelIndex

_NAME = re.compile(r"[\w-]+")  # what can be a question's name: reading all headers costs more than most queries
_SHOWN = 8
_INNER = frozenset(
    {
        "evidence", "coding", "dataset", "query", "link", "thing", "section", "sentence", "paragraph", "citation",
        "scheme", "concept", "term", "predicate",
    }
)  # fmt: skip
"""Kinds that hold the others together; a reader asks how many claims there are, not how many evidence lines."""


class Graph:
    """A built graph, ready to be asked.

    `engine` answers SPARQL; `build` says what is loaded; `corpus` has the questions.

    >>> from asckg import Graph
    >>> graph = Graph.open()
    >>> len(graph.query("SELECT ?p WHERE { ?p a asc:Predicate } LIMIT 3"))
    3
    """

    def __init__(self, corpus: Corpus, made: Build, engine: Engine) -> None:
        self.corpus = corpus
        self.build = made
        self.engine = engine
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def open(
        cls, corpus: Path | str | None = None, home: Path | None = None, tell: Callable[[str], object] = str
    ) -> "Graph":
        """Return the shipped graph, or the one that `corpus` names.

        `corpus` may be a folder with `ontology/`, `graph_data/` and `queries/` (built first where it must be), a
        build, a folder or file of Turtle, N-Triples, N-Quads or TriG, or the address of a SPARQL endpoint.
        `home` is the folder for builds and for what is kept about an endpoint: `ASCKG_HOME`, `build/` of a
        repository, or the user's cache when not given. `tell` hears what a build does where it takes long. Raises
        `AsckgError` when `corpus` is none of these.
        """
        opened = open_location(corpus, home, tell)
        return cls(opened.corpus, opened.build, opened.engine)

    def close(self) -> None:
        """End the connections to an endpoint and remove what was kept for search; a closed graph is not asked again.

        A graph in a `with` block is closed at its end. Closing twice does no harm.
        """
        if isinstance(self.engine, Closing):
            self.engine.close()
        if self._scratch is not None:
            self._scratch.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Return questions and maps by name."""
        return load_all(self.corpus.queries)

    def question(self, name: str) -> Question | None:
        """Return the question or map of this name, None for another text; SPARQL is told apart without reading any."""
        return self.questions.get(name) if _NAME.fullmatch(name) else None

    def query(self, query: str, values: Mapping[str, str | Term] | None = None) -> Answer:
        """Return the rows of a SPARQL SELECT, or of a named question with its parameters.

        `query` is the text, whose known prefixes need no PREFIX lines, or a name of `questions`. `values` are
        bound, never pasted in: parameters of the question, or variables that the SELECT projects. Text is bound to
        a variable as a plain literal; give `Term.iri(...)` for a thing. Raises `AsckgError` with line and column.

        >>> from asckg import Graph
        >>> Graph.open().query("barriers-in-setting", {"setting": "v:care-home"}).columns[:3]
        ('barrier', 'barrierLabel', 'claims')
        """
        given = dict(values or {})
        question = self.question(query)
        if question is not None:
            texts = {name: value.value if isinstance(value, Term) else value for name, value in given.items()}
            return Answer.of(ask(self.engine, question, texts))
        bindings = {name: value if isinstance(value, Term) else Term.literal(value) for name, value in given.items()}
        return Answer.of(self.engine.select(query, bindings))

    def rdf(self, query: str, form: str = "ttl", values: Mapping[str, Term] | None = None) -> str:
        """Return the triples of a CONSTRUCT or DESCRIBE as text.

        `form` is ttl, nt, jsonld or rdf; `values` are bound to variables that the query projects.
        """
        if form not in SUFFIX:
            raise AsckgError(f"{form!r} is not a form of RDF; it is ttl, nt, jsonld or rdf")
        return self.engine.serialize(query, SUFFIX[form], values).decode()

    def entity(self, name: str) -> Entity:
        """Return a thing with its facts, claims and sentences, and what points at it.

        `name` is an IRI, a prefixed name or a local name. Raises `AsckgError` where the graph has nothing of that name.

        >>> from asckg import Graph
        >>> Graph.open().entity("org-nihr").label
        'National Institute for Health and Care Research'
        """
        return find_entity(self.engine, name)

    def claims(self, about: str | None = None, basis: str | None = None, setting: str | None = None) -> Claims:
        """Return claims in the order of the document; all of them when nothing is given.

        `about` is a thing: subject, object, whom the claim concerns, a cited work or a sentence. `basis` is
        `literature`, `stakeholder-testimony` or `author`. `setting` is a setting such as `care-home`, the narrower
        ones included. Given together, all must hold. Raises `AsckgError` where the graph has nothing of a name.

        >>> from asckg import Graph
        >>> Graph.open().claims(about="barrier-high-turnover", basis="literature")[0].works[0].label
        'Goodman et al. (2017)'
        """
        return find_claims(self.engine, about=about, basis=basis, setting=setting)

    def search(self, text: str, kind: str | None = None, limit: int = 20) -> "list[Hit]":
        """Return things whose label, alias, acronym or paraphrase has words that begin like the typed ones, best first.

        `kind` keeps one kind, such as `barrier` or `organisation`; `limit` is the most that is given. Typing errors
        are forgiven. Raises `AsckgError` on an unknown kind.

        >>> from asckg import Graph
        >>> Graph.open().search("turnover", kind="barrier")[0].label
        'High turnover'
        """
        if kind and kind not in kinds():
            raise AsckgError(f"{kind!r} is not a kind of thing; there are {', '.join(kinds())}")
        return self.labels.search(text, (kind,) if kind else (), limit)

    def to_networkx(self, network: str = "claims") -> "nx.Graph[str]":
        """Return a network: `claims` (typed directed multigraph), `full`, or a projection.

        Projections: `claims-works`, `co-citation`, `coupling`, `funding`. Nodes are IRIs with `label`,
        `kind` and `name`; see `asckg.network` for the attributes of edges.
        """
        from asckg.network import project  # noqa: PLC0415 - networkx is only needed here

        return project(self.engine, network)

    def map(self, name: str, values: Mapping[str, str] | None = None) -> "Drawing":
        """Return a map by the name of its query, laid out, which shows itself in a notebook without a network.

        `values` are the parameters of the map's query by name, as text: `{"setting": "v:care-home"}`.

        Raises `AsckgError` on an unknown name or parameter.
        """
        from asckg.drawing import draw  # noqa: PLC0415 - a layout costs more than a query

        return draw(self.engine, self.labels, self.questions, name, values)

    @cached_property
    def labels(self) -> "LabelIndex":
        from asckg.search.gather import open_index  # noqa: PLC0415 - only search needs the index
        from asckg.search.index import FILE  # noqa: PLC0415 - as above

        shipped = self.build.path / FILE
        if shipped.is_file():
            return open_index(self.engine, shipped)
        self._scratch = tempfile.TemporaryDirectory(prefix="asckg-", ignore_cleanup_errors=True)
        weakref.finalize(self, self._scratch.cleanup)
        return open_index(self.engine, Path(self._scratch.name) / FILE)

    def __repr__(self) -> str:
        counts = ", ".join(f"{number:,} {kind.plural.lower()}" for kind, number in self._counts()[:_SHOWN])
        return f"asckg graph {self.build.version}, {self.build.manifest['triples']:,} triples: {counts}"

    def _repr_html_(self) -> str:
        cells = "".join(
            f"<tr><th scope=row style='text-align:left'>{html.escape(kind.plural)}</th><td>{number:,}</td></tr>"
            for kind, number in self._counts()
        )
        named = f"<strong>asckg graph</strong> {html.escape(self.build.version)}"
        return f"<p>{named}, {self.build.manifest['triples']:,} triples. {CAVEAT}</p><table>{cells}</table>"

    def _counts(self) -> list[tuple[Kind, int]]:
        """Return how many things of each kind there are that a reader asks about, the most frequent kinds first."""
        found: Counter[str] = Counter()
        for iri, number in self.build.manifest["classes"].items():
            found[kind_of([iri])] += number
        return [(kind(name), number) for name, number in found.most_common() if name not in _INNER]
