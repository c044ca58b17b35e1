"""The default engine: an Oxigraph store in this process, opened read-only on a build."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox

from asckg.engine import Bindings
from asckg.engine.syntax import placed
from asckg.error import AsckgError
from asckg.namespace import prefixes_in
from asckg.term import Rows, Term, Triple, not_an_iri


class QuerySyntaxError(AsckgError):
    """A query that cannot be parsed; `line` and `column` count from 1, 0 where the place is not known."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class EmbeddedEngine:
    """Queries over an Oxigraph store. For queries of our own: nothing here stops a runaway one."""

    def __init__(self, store: ox.Store, version: str) -> None:
        self.store = store
        self.version = version

    @classmethod
    def open(cls, store_path: Path, version: str) -> "EmbeddedEngine":
        """Return an engine on the store of a build; raise when the store cannot be opened."""
        try:
            return cls(ox.Store.read_only(str(store_path)), version)
        except (OSError, ValueError) as error:
            raise AsckgError(
                f"the store in {store_path} cannot be opened ({error}); run `asckg build` again"
            ) from error

    def select(self, text: str, bindings: Bindings | None = None) -> Rows:
        result = self._query(text, bindings)
        if not isinstance(result, ox.QuerySolutions):
            raise AsckgError("this query is not a SELECT, so it has no rows; ask for RDF or a boolean instead")
        columns = tuple(variable.value for variable in result.variables)
        width = range(len(columns))
        return Rows(columns, [tuple(_optional(solution[i]) for i in width) for solution in result])

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        result = self._query(text, bindings)
        if not isinstance(result, ox.QueryBoolean):
            raise AsckgError("this query is not an ASK, so it has no yes or no")
        return bool(result)

    def construct(self, text: str, bindings: Bindings | None = None) -> list[Triple]:
        result = self._query(text, bindings)
        if not isinstance(result, ox.QueryTriples):
            raise AsckgError("this query is not a CONSTRUCT or DESCRIBE, so it has no triples")
        return [(from_ox(t.subject), from_ox(t.predicate), from_ox(t.object)) for t in result]

    def serialize(self, text: str, media_type: str, bindings: Bindings | None = None) -> bytes:
        result = self._query(text, bindings)
        if isinstance(result, ox.QueryTriples):
            rdf = ox.RdfFormat.from_media_type(media_type)
            if rdf is None:
                raise AsckgError(f"an answer of triples cannot be written as {media_type}")
            return result.serialize(format=rdf) or b""
        form = ox.QueryResultsFormat.from_media_type(media_type)
        if form is None:
            raise AsckgError(f"an answer of rows cannot be written as {media_type}")
        return result.serialize(format=form) or b""

    def describe(self, iri: str) -> list[Triple]:
        node = _node(iri)
        quads = self.store.quads_for_pattern(node, None, None, ox.DefaultGraph())
        return sorted((from_ox(node), from_ox(q.predicate), from_ox(q.object)) for q in quads)

    def incoming(self, iri: str, limit: int = 100, offset: int = 0) -> list[Triple]:
        node = from_ox(_node(iri))
        found = sorted(((q.predicate, q.subject) for q in self._pointing_at(iri)), key=_by_text)
        return [(from_ox(subject), from_ox(predicate), node) for predicate, subject in found[offset : offset + limit]]

    def count_incoming(self, iri: str) -> int:
        text = "SELECT ?o (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?o"
        counted = [row[1] for row in self.select(text, {"o": Term.iri(iri)}).rows]
        return int(counted[0].value) if counted and counted[0] else 0

    def _pointing_at(self, iri: str) -> Iterator[ox.Quad]:
        yield from self.store.quads_for_pattern(None, None, ox.NamedNode(iri), ox.DefaultGraph())

    def _query(self, text: str, bindings: Bindings | None) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        substitutions: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): to_ox(term) for name, term in (bindings or {}).items()
        }
        try:
            return self.store.query(text, prefixes=prefixes_in(text), substitutions=substitutions or None)
        except SyntaxError as error:
            raise_syntax_error(error, text)


def _by_text(pair: tuple[Any, Any]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])


def raise_syntax_error(error: SyntaxError, text: str = "") -> NoReturn:
    """Raise Oxigraph's syntax error in the query `text` as ours, with its line and column."""
    line, column, what = placed(str(error), text)
    where = f" at line {line}, column {column}" if line else ""
    raise QuerySyntaxError(f"the query cannot be read{where}: {what}", line, column) from error


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise not_an_iri(iri) from error


def to_ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return the term as Oxigraph has it."""
    if term.kind == "iri":
        return _node(term.value)
    if term.kind == "bnode":
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype) if term.datatype else None)


def from_ox(term: object) -> Term:
    """Return one of Oxigraph's terms as ours; quoted triples are refused, the graph has none."""
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.Literal):
        return Term("literal", term.value, term.datatype.value, term.language)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    raise AsckgError(f"a term of a kind that asckg does not serve: {term!r}")


def _optional(term: object) -> Term | None:
    return None if term is None else from_ox(term)


def parse_file(path: Path, into: ox.NamedNode) -> Iterable[ox.Quad]:
    """Yield the quads of a Turtle file in the named graph `into`; raise `SyntaxError` with its place."""
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, into)
