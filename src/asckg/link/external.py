"""Rows of an external table as triples of a named graph, with licence, source and date (DCAT)."""

import re
from collections.abc import Iterable, Iterator

from asckg.link.identifier import SCHEMES
from asckg.link.mapping import ColumnMap
from asckg.link.record import Record
from asckg.link.suggest import object_id
from asckg.namespace import GRAPH, LINK_PREFIXES, PREFIXES
from asckg.term import Term, Triple

COLUMN = "https://w3id.org/asckg/column/"
_DATE = PREFIXES["xsd"] + "date"
_URI = PREFIXES["xsd"] + "anyURI"
_ADDRESS = re.compile(r"[a-z]+:[^\s<>\"{}|^`\\]+")
_NUMBER = re.compile(r"-?\d{1,15}")


def graph_of(name: str) -> str:
    """Return the IRI of the named graph of an external table."""
    return f"{GRAPH}external-{name}"


def description(name: str, mapping: ColumnMap, today: str) -> Iterator[Triple]:
    """Yield what the table is: title, licence, source, date of loading."""
    graph = Term.iri(graph_of(name))
    yield graph, _p("rdf:type"), Term.iri(PREFIXES["dcat"] + "Dataset")
    yield graph, _p("dct:title"), Term.literal(mapping.title or name)
    yield graph, _p("dct:issued"), Term.literal(today, _DATE)
    for prefix, value in (("dct:license", mapping.licence), ("dct:source", mapping.source)):
        if value:
            yield graph, _p(prefix), Term.iri(value) if _ADDRESS.fullmatch(value) else Term.literal(value)


def triples(records: Iterable[Record], mapping: ColumnMap, name: str) -> Iterator[Triple]:
    """Yield the triples of the records: label, aliases, acronyms, identifiers, country, and the kept columns."""
    for record in records:
        prefix, _, local = object_id(record, mapping, name).partition(":")
        subject = Term.iri(LINK_PREFIXES[prefix] + re.sub(r"[^\w./~-]", "-", local))
        yield subject, _p("skos:prefLabel"), Term.literal(record.name)
        for text in record.aliases:
            yield subject, _p("skos:altLabel"), Term.literal(text)
        for text in record.acronyms:
            yield subject, _p("asc:acronym"), Term.literal(text.strip())
        for scheme, values in record.identifiers.items():
            for value in values:
                yield subject, _p("schema:identifier"), Term.literal(SCHEMES[scheme].iri(value), _URI)
        if record.country:
            yield subject, _p("schema:addressCountry"), Term.literal(record.country)
        if record.year:
            yield subject, _p("asc:year"), Term.literal(str(record.year), PREFIXES["xsd"] + "integer")
        for column, text in record.fields.items():
            if text:
                datatype = (
                    PREFIXES["xsd"] + "integer" if _NUMBER.fullmatch(text) and text.strip("-")[:1] != "0" else None
                )
                yield subject, Term.iri(COLUMN + re.sub(r"\W+", "-", column).strip("-")), Term.literal(text, datatype)


def _p(name: str) -> Term:
    prefix, _, local = name.partition(":")
    return Term.iri(PREFIXES[prefix] + local)
