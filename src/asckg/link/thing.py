"""The things of the graph that external rows can be matched to, read from the corpus."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from asckg.corpus import Corpus
from asckg.engine.embedded import parse_file
from asckg.link.decision import NONE_FOUND, Decision
from asckg.link.identifier import SCHEMES, guess, normalise
from asckg.link.lent import Lent, names_lent
from asckg.link.record import Kind, Record
from asckg.namespace import PREFIXES, expand

_KINDS: Mapping[str, Kind] = {
    expand("org:Organization"): "organisation",
    expand("foaf:Person"): "person",
    expand("frapo:Grant"): "award",
    expand("frapo:FundingProgramme"): "award",
    expand("asc:FundingCall"): "award",
    expand("asc:FellowshipScheme"): "award",
    expand("schema:Place"): "place",
}
_RDF_TYPE = expand("rdf:type")
_NAMES = ("skos:altLabel", "skos:hiddenLabel", "asc:printedAs")
Facts = dict[str, dict[str, list[str]]]


def facts_of(corpus: Corpus) -> Facts:
    """Return the values of every property of every thing of the documents, by IRI."""
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for file in corpus.files():
        if file.graph.endswith(("ontology", "schemes")):
            continue
        for quad in parse_file(file.path, ox.NamedNode(file.graph)):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                facts[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return facts


def things(corpus: Corpus, decisions: Sequence[Decision] = (), country: str = "") -> list[Record]:
    """Return organisations, works, people, awards and places, with the identifiers and names of accepted links.

    Organisations and places get the names that the loaded rows of other sources have.

    `country` is the country that an organisation is taken to be in where the graph does not say.
    """
    linked: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in decisions:
        scheme, _, value = item.object_id.partition(":")
        if item.state == "accepted" and item.predicate_id == "skos:exactMatch" and item.object_id != NONE_FOUND:
            linked[PREFIXES["r"] + item.subject_id.removeprefix("r:")][scheme].append(value)
    lent: dict[str, list[Lent]] = defaultdict(list)
    for one in names_lent(corpus.external(), decisions):
        lent[one.thing].append(one)
    found = [
        record for iri, values in facts_of(corpus).items() if (record := _record(iri, values, country)) is not None
    ]
    return sorted(
        (
            replace(
                _called(item, lent[item.key]),
                identifiers={**item.identifiers, **{k: tuple(v) for k, v in linked[item.key].items()}},
            )
            for item in found
        ),
        key=lambda item: item.key,
    )


def _called(thing: Record, lent: Sequence[Lent]) -> Record:
    """Return a thing with the names lent to it; titles of works and names of people are their own."""
    if not lent or thing.kind not in {"organisation", "place"}:
        return thing
    others = (one.name for one in lent if not one.acronym and one.name.casefold() != thing.name.casefold())
    aliases = (*thing.aliases, *others)
    acronyms = (*thing.acronyms, *(one.name for one in lent if one.acronym))
    return replace(thing, aliases=tuple(dict.fromkeys(aliases)), acronyms=tuple(dict.fromkeys(acronyms)))


def _record(iri: str, values: Mapping[str, list[str]], country: str) -> Record | None:
    types = values.get(_RDF_TYPE, [])
    kind = next((_KINDS[name] for name in types if name in _KINDS), None)
    if any(name.startswith(PREFIXES["fabio"]) for name in types):
        kind = "work"
    if kind is None:
        return None

    def get(name: str) -> list[str]:
        return values.get(expand(name), [])

    title = next(iter(get("dct:title")), "") if kind == "work" else ""
    authors = [part.strip() for text in get("asc:authorList") for part in text.split(";")]
    year = next(iter(get("asc:year")), "")
    own = country if kind == "organisation" and "dutch" not in iri else ""
    return Record(
        key=iri,
        name=title or next(iter(get("skos:prefLabel")), iri.rsplit("/", 1)[-1]),
        kind=kind,
        aliases=tuple(text for name in _NAMES for text in get(name)) if kind not in {"work", "person"} else (),
        acronyms=tuple(get("asc:acronym")),
        country=own,
        identifiers=_identifiers(kind, get("schema:identifier"), get("asc:printedAs")),
        authors=tuple(authors),
        affiliations=_affiliations(get("asc:printedAs")) if kind == "person" else (),
        year=int(year) if year.isdigit() else None,
        venue=next(iter(get("asc:venue")), ""),
        types=tuple(name.replace("#", "/").rsplit("/", 1)[-1] for name in types),
    )


def _affiliations(printed: Sequence[str]) -> tuple[str, ...]:
    """Return what stands behind the name of a person as printed: `Dr A. Name, University of X (role)*`."""
    found = (text.partition(",")[2].partition("(")[0].strip(" *") for text in printed)
    return tuple(text for text in found if text)


def _identifiers(kind: Kind, texts: Sequence[str], printed: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for item in guess(text)[:1]:
            found[item.scheme].append(item.value)
    for text in printed if kind == "award" else ():
        award = normalise("award", text)
        if award:
            found["award"].append(award.value)
    return {scheme: tuple(values) for scheme, values in found.items() if scheme in SCHEMES}
