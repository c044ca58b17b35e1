"""Tables: the graph as flat rows, the same for the spreadsheet, SQLite and Parquet."""

from collections.abc import Iterator
from dataclasses import dataclass

from asckg.claim import Claims, find_claims
from asckg.engine import Engine
from asckg.export.work import find_works
from asckg.named import Named, labels
from asckg.namespace import ID, compact
from asckg.network.multigraph import kinds_of
from asckg.term import Term

Cell = str | int | None
_THINGS = f"""
SELECT DISTINCT ?thing WHERE {{
  ?thing a ?kind FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), "{ID}"))
}} ORDER BY ?thing
"""
_ALIASES = "SELECT ?thing ?alias WHERE { ?thing skos:altLabel|asc:acronym ?alias } ORDER BY ?thing ?alias"
_LINKS = f"""
SELECT ?source ?predicate ?target WHERE {{
  ?source ?predicate ?target
  FILTER(isIRI(?target) && ?predicate != rdf:type && isIRI(?source) && STRSTARTS(STR(?source), "{ID}"))
}} ORDER BY ?source ?predicate ?target
"""
_ISSUES = """
SELECT ?issue ?property ?value WHERE {
  VALUES ?property {
    skos:prefLabel asc:issueKind asc:severity asc:origin asc:affects prov:wasDerivedFrom dct:description
  }
  ?issue a asc:DataIssue ; ?property ?value
} ORDER BY ?issue ?property ?value
"""
_ISSUE_COLUMNS = {
    "label": "skos:prefLabel",
    "kind": "asc:issueKind",
    "severity": "asc:severity",
    "origin": "asc:origin",
    "things": "asc:affects",
    "sentences": "prov:wasDerivedFrom",
    "description": "dct:description",
}


@dataclass(frozen=True)
class Table:
    """A named table: columns and rows of text, whole numbers or nothing."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def tables(engine: Engine) -> list[Table]:
    """Return the tables: things, claims, evidence, cited works, works, links, issues. Names are prefixed names."""
    claims = find_claims(engine)
    return [
        things(engine),
        _claims(claims),
        _evidence(claims),
        _citations(claims),
        _works(engine),
        _plain("links", engine, _LINKS),
        _issues(engine),
    ]


def things(engine: Engine) -> Table:
    """Return every thing with its label, kind and aliases."""
    iris = [row[0].value for row in engine.select(_THINGS).rows if row[0] is not None]
    names, kinds = labels(engine, iris), kinds_of(engine, iris)
    aliases: dict[str, list[str]] = {}
    for thing, alias in engine.select(_ALIASES).rows:
        if thing is not None and alias is not None:
            aliases.setdefault(thing.value, []).append(alias.value)
    rows: list[tuple[Cell, ...]] = [
        (compact(iri), names[iri], kinds.get(iri, ""), "; ".join(aliases.get(iri, ())), iri) for iri in iris
    ]
    return Table("things", ("name", "label", "kind", "aliases", "iri"), rows)


def _claims(claims: Claims) -> Table:
    columns = (
        "name", "paraphrase", "subject", "predicate", "object", "settings", "stance", "bases", "sentences", "note",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            compact(claim.iri),
            claim.paraphrase,
            claim.subject.name,
            claim.predicate.name,
            claim.object.name if isinstance(claim.object, Named) else claim.object.value,
            _names(claim.settings),
            claim.stance.name,
            _names(tuple(line.basis for line in claim.evidence)),
            _names(claim.sentences),
            claim.note,
        )
        for claim in claims
    ]
    return Table("claims", columns, rows)


def _evidence(claims: Claims) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            compact(claim.iri),
            line.basis.name,
            line.direction.name if line.direction else None,
            line.quantifier.name if line.quantifier else None,
            len(line.works),
        )
        for claim in claims
        for line in claim.evidence
    ]
    return Table("evidence", ("claim", "basis", "direction", "quantifier", "works"), rows)


def _citations(claims: Claims) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (compact(claim.iri), line.basis.name, work.name)
        for claim in claims
        for line in claim.evidence
        for work in line.works
    ]
    return Table("evidence_works", ("claim", "basis", "work"), rows)


def _works(engine: Engine) -> Table:
    columns = ("name", "label", "kind", "title", "authors", "year", "venue", "volume", "issue", "pages", "doi", "url")
    rows: list[tuple[Cell, ...]] = [
        (
            compact(work.iri), work.label, work.kind, work.title, "; ".join(map(str, work.authors)),
            int(work.year) if work.year.isdecimal() else None,
            work.venue, work.volume, work.issue, work.pages, work.doi, work.url,
        )
        for work in find_works(engine)
    ]  # fmt: skip
    return Table("works", columns, rows)


def _plain(name: str, engine: Engine, query: str) -> Table:
    answer = engine.select(query)
    return Table(name, answer.columns, [tuple(_cells(row)) for row in answer.rows])


def _issues(engine: Engine) -> Table:
    """Return one row an issue, several things or sentences joined."""
    found: dict[str, dict[str, list[str]]] = {}
    for issue, name, value in engine.select(_ISSUES).rows:
        if issue is not None and name is not None and value is not None:
            found.setdefault(str(issue), {}).setdefault(str(name), []).append(str(value))
    rows: list[tuple[Cell, ...]] = [
        (issue, *("; ".join(facts.get(name, ())) for name in _ISSUE_COLUMNS.values())) for issue, facts in found.items()
    ]
    return Table("issues", ("issue", *_ISSUE_COLUMNS), rows)


def _cells(row: tuple[Term | None, ...]) -> Iterator[Cell]:
    for term in row:
        yield None if term is None else str(term)


def _names(names: tuple[Named, ...]) -> str:
    return "; ".join(name.name for name in names)
