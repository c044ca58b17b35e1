"""Decisions as triples: what the build puts into the graphs of accepted and of suggested links."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from asckg.link.decision import NONE_FOUND, Decision, read
from asckg.namespace import LINK_PREFIXES, PREFIXES
from asckg.term import Term, Triple

_ANY_URI = PREFIXES["xsd"] + "anyURI"
_EQUAL = frozenset({"skos:exactMatch"})


def iri_of(curie: str) -> str:
    """Return the IRI of a prefixed name of a decision file."""
    prefix, _, local = curie.partition(":")
    return LINK_PREFIXES[prefix] + local


def decisions_in(folder: Path) -> list[Decision]:
    """Return the decisions of all files of a folder, those that cannot be read left to the checks."""
    return [item for path in sorted(folder.glob("*.sssom.tsv")) for _, item in read(path)[0]]


def accepted_triples(folder: Path) -> Iterator[Triple]:
    """Yield the accepted links of `graph_data/links`: the match, the identifier, and the row that says so."""
    return _triples(decisions_in(folder), "accepted")


def suggested_triples(folder: Path) -> Iterator[Triple]:
    """Yield the links that wait for a decision."""
    return _triples(decisions_in(folder), "suggested")


def _triples(decisions: Iterable[Decision], state: str) -> Iterator[Triple]:
    known = LINK_PREFIXES.keys()
    for item in decisions:
        prefixes = {
            item.subject_id.partition(":")[0],
            item.object_id.partition(":")[0],
            item.predicate_id.partition(":")[0],
        }
        if item.state != state or item.object_id == NONE_FOUND or not prefixes <= known:
            continue
        subject, match, target = (
            Term.iri(iri_of(text)) for text in (item.subject_id, item.predicate_id, item.object_id)
        )
        yield subject, match, target
        if state == "accepted" and item.predicate_id in _EQUAL and not item.object_id.startswith("row:"):
            yield subject, Term.iri(PREFIXES["schema"] + "identifier"), Term.literal(target.value, _ANY_URI)
        yield from _row(item, subject, match, target)


def _row(item: Decision, subject: Term, match: Term, target: Term) -> Iterator[Triple]:
    sssom, rdf = PREFIXES["sssom"], PREFIXES["rdf"]
    name = f"{item.subject_id.partition(':')[2]}-{item.object_id.replace(':', '-').replace('/', '-')}"
    row = Term.iri(f"{PREFIXES['r']}link-{name}")
    yield row, Term.iri(rdf + "type"), Term.iri(sssom + "Mapping")
    yield row, Term.iri(PREFIXES["owl"] + "annotatedSource"), subject
    yield row, Term.iri(PREFIXES["owl"] + "annotatedProperty"), match
    yield row, Term.iri(PREFIXES["owl"] + "annotatedTarget"), target
    yield row, Term.iri(sssom + "mapping_justification"), Term.iri(iri_of(item.mapping_justification))
    for part, value in (
        ("author_label", item.author_label),
        ("mapping_date", item.mapping_date),
        ("object_label", item.object_label),
        ("comment", item.comment),
    ):
        if value:
            yield row, Term.iri(sssom + part), Term.literal(value)
    for part, value in (("similarity_score", item.similarity_score), ("confidence", item.confidence)):
        if value:
            yield row, Term.iri(sssom + part), Term.literal(value, PREFIXES["xsd"] + "decimal")
