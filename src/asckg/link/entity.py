"""Every labelled thing of the graph as a record with its facts, for reconciliation and suggestion."""

from collections.abc import Mapping
from dataclasses import dataclass

from asckg.corpus import Corpus
from asckg.link.publish import accepted_triples, decisions_in
from asckg.link.record import Record
from asckg.link.thing import Facts, facts_of
from asckg.link.thing import things as linkable
from asckg.namespace import ID, PREFIXES, compact, expand
from asckg.wording import spaced

_LABEL, _TYPE, _TITLE = expand("skos:prefLabel"), expand("rdf:type"), expand("dct:title")
_ALIASES = (expand("skos:altLabel"), expand("skos:hiddenLabel"))
_ACRONYM = expand("asc:acronym")
_PARTS_OF_TEXT = frozenset(
    {
        "doco:Sentence",
        "doco:Paragraph",
        "doco:Section",
        "biro:BibliographicReference",
        "asc:DataIssue",
        "c4o:InTextReferencePointer",
    }
)

_WORDED = {
    "skos:prefLabel": "name",
    "skos:altLabel": "other name",
    "skos:hiddenLabel": "name as misspelt",
    "skos:scopeNote": "what is meant",
    "skos:editorialNote": "note of the maintainers",
    "skos:exactMatch": "same as elsewhere",
    "skos:closeMatch": "nearly the same as elsewhere",
    "skos:relatedMatch": "related elsewhere",
    "prov:wasDerivedFrom": "sentence it comes from",
    "org:Organization": "Organisation",
}
"""What people call terms of other vocabularies whose own names say little."""


@dataclass(frozen=True)
class Entities:
    """Records by local name, the facts about each, the labels of its types."""

    records: tuple[Record, ...]
    facts: Facts
    types: Mapping[str, str]

    def label(self, iri: str) -> str:
        """Return the label of a thing, its prefixed name when it has none."""
        return next(iter(self.facts.get(iri, {}).get(_LABEL, ())), compact(iri))


def entities_of(corpus: Corpus) -> Entities:
    """Return the labelled things of the corpus but parts of the text, with the accepted links among their facts."""
    facts, folder = facts_of(corpus), corpus.data / "links"
    for subject, predicate, value in accepted_triples(folder):
        if subject.value in facts:
            facts[subject.value][predicate.value].append(value.value)
    linked = {item.key: item for item in linkable(corpus, decisions_in(folder))}
    records = [
        found
        for iri, values in facts.items()
        if iri.startswith(ID) and _LABEL in values and (found := _record(iri, values, linked.get(iri))) is not None
    ]
    kinds = {kind for record in records for kind in record.types}
    return Entities(tuple(records), facts, {kind: _words(kind) for kind in sorted(kinds)})


def _record(iri: str, values: Mapping[str, list[str]], known: Record | None) -> Record | None:
    kinds = tuple(compact(kind) for kind in values.get(_TYPE, ()))
    if not kinds or _PARTS_OF_TEXT & set(kinds):
        return None
    label = values[_LABEL][0]
    title = values.get(_TITLE, [label])[0]
    return Record(
        key=iri,
        name=title,
        aliases=(label, *(text for name in _ALIASES for text in values.get(name, ()))),
        acronyms=tuple(values.get(_ACRONYM, ())),
        types=kinds,
        identifiers=known.identifiers if known else {},
    )


def _words(kind: str) -> str:
    return _WORDED.get(kind) or spaced(kind.partition(":")[2]).capitalize()


def property_words(iri: str) -> str:
    """Return what a property is called in lists of columns.

    >>> property_words("http://www.w3.org/2004/02/skos/core#altLabel")
    'other name'
    """
    name = compact(iri)
    return _WORDED.get(name) or spaced(name.partition(":")[2] or iri)


def prefixed(pid: str) -> str:
    """Return the IRI of a property that a client names by prefixed name or IRI; itself when the prefix is unknown."""
    prefix, colon, local = pid.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else pid
