"""What the label index is made of: every named thing of the default graph, asked of the engine once per build."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from asckg.engine import Engine
from asckg.namespace import compact
from asckg.search.index import Entry, LabelIndex, write
from asckg.search.word import initials
from asckg.style import kind_of, tokens
from asckg.wording import worded

TYPES = "SELECT ?s ?t WHERE { ?s a ?t FILTER(isIRI(?s)) }"
NAMES = """SELECT ?s ?p ?l WHERE {
  VALUES ?p { skos:prefLabel rdfs:label asc:paraphrase dct:title skos:altLabel asc:acronym skos:hiddenLabel }
  ?s ?p ?l FILTER(isIRI(?s)) }"""
RECORDS = "SELECT ?s ?p ?o WHERE { VALUES ?p { void:class void:property owl:annotatedTarget } ?s ?p ?o }"
COUNTED = {
    "void:class": "Things of the class",
    "void:property": "Uses of the property",
    "owl:annotatedTarget": "Link to",
}
LINKS = "SELECT ?o (COUNT(*) AS ?n) WHERE { ?s ?p ?o FILTER(isIRI(?o) && ?p != rdf:type) } GROUP BY ?o"
LABELS = ("skos:prefLabel", "asc:paraphrase", "dct:title", "rdfs:label")
LEADING = 10_000
INITIALLED = frozenset({
    "organisation", "group", "place", "partnership", "approach", "programme", "call", "fellowship", "policy", "role",
    "concept",
})  # fmt: skip
"""The kinds of thing that people call by their initials."""
_SCHEMES = {"cfir": "CFIR", "tdf": "TDF", "theme": "Theme", "themes": "Theme"}
_CODING = re.compile(rf"coding-(?P<pass>first|second|settled)-(?P<scheme>{'|'.join(_SCHEMES)})-")
_LINES = {"lit": "literature", "stk": "testimony", "doc": "the document's own voice"}


def open_index(engine: Engine, path: Path) -> LabelIndex:
    """Return the label index at `path`, written from the engine's default graph when it is not there yet."""
    return LabelIndex(path) if path.exists() else write(path, entries(engine))


def entries(engine: Engine) -> Iterator[Entry]:
    """Every named thing of the default graph with its kind, its names and its weight."""
    classes, names, links = _classes(engine), _names(engine), _links(engine)
    records = _records(engine, names)
    unsearched = set(tokens()["unsearched"])
    order = list(tokens()["kind"])
    for iri in sorted(classes.keys() | names.keys()):
        kind = kind_of(classes.get(iri, ()))
        mine = names.get(iri, {})
        label = next((mine[p][0] for p in LABELS if mine.get(p)), "") or records.get(iri) or _record_label(kind, iri)
        aliases = tuple(name for group in mine.values() for name in group if name != label)
        weight = links.get(iri, 0) + (LEADING if order.index(kind) < order.index("claim") else 0)
        short = initials(label) if kind in INITIALLED else ""
        yield Entry(iri, label, kind, aliases, weight, kind not in unsearched, short)


def _record_label(kind: str, iri: str) -> str:
    """Return what a record without a label is called: a coding by scheme and pass, an evidence line by basis."""
    name = iri.rpartition("/")[2]
    if kind == "coding" and (found := _CODING.match(name)):
        return f"{_SCHEMES[found['scheme']]} coding, {found['pass']} pass"
    if kind == "evidence" and (basis := _LINES.get(name.rpartition("-")[2])):
        return f"Evidence line: {basis}"
    return worded(iri)


def _records(engine: Engine, names: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    """Return what counts and links are called: by what is counted, or by what a thing is linked to."""
    found = {}
    for subject, predicate, value in engine.select(RECORDS).rows:
        if subject and predicate and value:
            mine = names.get(value.value, {})
            label = next((mine[p][0] for p in LABELS if mine.get(p)), "") or worded(value.value)
            found[subject.value] = f"{COUNTED[compact(predicate.value)]} {label}"
    return found


def _classes(engine: Engine) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for subject, cls in engine.select(TYPES).rows:
        if subject and cls:
            found[subject.value].append(cls.value)
    return found


def _names(engine: Engine) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, label in engine.select(NAMES).rows:
        if subject and predicate and label:
            found[subject.value][compact(predicate.value)].append(label.value)
    return {iri: {p: sorted(texts) for p, texts in names.items()} for iri, names in found.items()}


def _links(engine: Engine) -> dict[str, int]:
    rows = engine.select(LINKS).rows
    return {iri.value: int(count.value) for iri, count in rows if iri and count}
