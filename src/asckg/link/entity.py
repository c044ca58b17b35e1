"""Every labelled thing of the graph as a record with its facts, for reconciliation and suggestion."""

from collections.abc import Mapping
from dataclasses import dataclass

from asckg.corpus import Corpus
from asckg.link.publish import accepted_triples, decisions_in
from asckg.link.record import Record
from asckg.link.thing import Facts, facts_of
from asckg.link.thing import things as linkable
from asckg.namespace import ID, PREFIXES, compact, expand

_LABEL, _TYPE, _TITLE = expand("skos:prefLabel"), expand("rdf:type"), expand("dct:title")
_ALIASES = (expand("skos:altLabel"), expand("skos:hiddenLabel"))
_ACRONYM = expand("asc:acronym")
_PARTS_OF_TEXT = frozenset(
    {"doco:Sentence", "doco:Paragraph", "doco:Section", "biro:BibliographicReference", "asc:DataIssue"}
)


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
    name = kind.partition(":")[2]
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip().capitalize()


def prefixed(pid: str) -> str:
    """Return the IRI of a property that a client names by prefixed name or IRI; itself when the prefix is unknown."""
    prefix, colon, local = pid.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else pid
