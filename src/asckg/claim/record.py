"""Claims as the graph holds them: by the IRIs of what they speak of, without labels; the one reader of claims."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from asckg.engine import Engine
from asckg.named import CHUNK, values
from asckg.namespace import VOC, compact
from asckg.term import Term

_CLAIMS = "SELECT ?s ?p ?o WHERE { %s ?s a asc:Claim ; ?p ?o }"
_LINES = "SELECT DISTINCT ?s ?p ?o WHERE { %s ?claim asc:hasEvidenceLine ?s . ?s ?p ?o }"
_SENTENCES = """SELECT ?s ?section ?at ?paragraph ?place WHERE {
  %s ?s a doco:Sentence ; dct:isPartOf ?p . ?p dct:isPartOf ?section .
  OPTIONAL { ?section schema:position ?at } OPTIONAL { ?p schema:position ?paragraph }
  OPTIONAL { ?s schema:position ?place }
}"""
_QUALIFIERS = (
    "asc:period", "schema:startDate", "schema:endDate", "dct:spatial", "asc:concerns", "schema:currency",
    "schema:unitText",
)  # fmt: skip
_BASES = ("literature", "stakeholder-testimony", "author")
_NOWHERE = (sys.maxsize, 0, 0)
Place = tuple[int, ...]
_Fields = dict[str, list[Term]]


@dataclass(frozen=True)
class Line:
    """One evidence line: `basis`, `direction` and `quantifier` are local names of concepts, `works` are IRIs."""

    iri: str
    basis: str
    direction: str
    quantifier: str
    works: tuple[str, ...]
    cited_as: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """One claim; every field but `says`, `object` and `note` holds IRIs, empty where the graph has none."""

    iri: str
    says: str
    subject: str
    predicate: str
    object: Term
    stance: str
    settings: tuple[str, ...]
    sentences: tuple[str, ...]
    sections: tuple[str, ...]
    lines: tuple[Line, ...]
    qualifiers: tuple[tuple[str, Term], ...]
    note: str

    @property
    def name(self) -> str:
        """The local name."""
        return self.iri.rsplit("/", 1)[-1]

    @property
    def bases(self) -> tuple[str, ...]:
        """The local names of the bases, literature first."""
        return tuple(sorted({line.basis for line in self.lines}, key=_basis_order))

    @property
    def basis(self) -> str:
        """The bases as one word: `both` for literature and testimony."""
        if {"literature", "stakeholder-testimony"} <= set(self.bases):
            return "both"
        return self.bases[0] if self.bases else "author"

    @property
    def works(self) -> tuple[str, ...]:
        """Every work cited at the statement."""
        return tuple(dict.fromkeys(work for line in self.lines for work in line.works))

    @property
    def stance_name(self) -> str:
        """The local name of the stance."""
        return self.stance.removeprefix(VOC)

    def touches(self) -> Iterable[str]:
        """Every thing that has this claim on its page."""
        yield from (self.subject, self.predicate, *self.settings, *self.sentences, *self.sections, *self.works)
        yield from (term.value for _, term in self.qualifiers if term.kind == "iri")
        if self.object.kind == "iri":
            yield self.object.value


def read_records(engine: Engine, iris: Sequence[str] | None = None) -> list[Record]:
    """Return the claims with these IRIs, or all that the engine holds, in the order of their first sentences."""
    claims = _grouped(engine, _CLAIMS, "?s", iris)
    lines = {iri: _line(iri, fields) for iri, fields in _grouped(engine, _LINES, "?claim", iris).items()}
    read = [_record(iri, fields, lines) for iri, fields in claims.items()]
    wanted = None if iris is None else sorted({sentence for record in read for sentence in record.sentences})
    sections: dict[str, str] = {}
    places: dict[str, Place] = {}
    for query in _chunked(_SENTENCES, "?s", wanted):
        for sentence, section, *numbers in engine.select(query).rows:
            if sentence and section:
                sections[sentence.value] = section.value
                places[sentence.value] = tuple(int(number.value) if number else 0 for number in numbers)

    def place(sentence: str) -> tuple[Place, str]:
        return places.get(sentence, _NOWHERE), sentence

    made = []
    for record in read:
        ordered = tuple(sorted(record.sentences, key=place))
        within = tuple(dict.fromkeys(sections[sentence] for sentence in ordered if sentence in sections))
        made.append(replace(record, sentences=ordered, sections=within))
    return sorted(made, key=lambda record: ([place(s)[0] for s in record.sentences[:1]] or [_NOWHERE], record.iri))


def _chunked(query: str, variable: str, iris: Sequence[str] | None) -> Iterator[str]:
    if iris is None:
        yield query % ""
        return
    for start in range(0, len(iris), CHUNK):
        yield query % f"VALUES {variable} {{ {values(iris[start : start + CHUNK])} }}"


def _grouped(engine: Engine, query: str, variable: str, iris: Sequence[str] | None) -> dict[str, _Fields]:
    found: dict[str, _Fields] = defaultdict(lambda: defaultdict(list))
    for text in _chunked(query, variable, iris):
        for subject, predicate, value in engine.select(text).rows:
            if subject and predicate and value:
                found[subject.value][compact(predicate.value)].append(value)
    return found


def _record(iri: str, fields: _Fields, lines: Mapping[str, Line]) -> Record:
    object_terms = fields.get("asc:object") or [Term.literal("")]
    mine = [lines[line] for line in _iris(fields, "asc:hasEvidenceLine") if line in lines]
    return Record(
        iri=iri,
        says=_text(fields, "asc:paraphrase"),
        subject=_text(fields, "asc:subject"),
        predicate=_text(fields, "asc:predicate"),
        object=object_terms[0],
        stance=_text(fields, "asc:stance"),
        settings=_iris(fields, "asc:setting"),
        sentences=_iris(fields, "prov:wasDerivedFrom"),
        sections=(),
        lines=tuple(sorted(mine, key=lambda line: _basis_order(line.basis))),
        qualifiers=tuple((name, term) for name in _QUALIFIERS for term in fields.get(name, [])),
        note=_text(fields, "skos:editorialNote"),
    )


def _line(iri: str, fields: _Fields) -> Line:
    return Line(
        iri=iri,
        basis=_text(fields, "asc:basis").removeprefix(VOC),
        direction=_text(fields, "asc:direction").removeprefix(VOC),
        quantifier=_text(fields, "asc:quantifier").removeprefix(VOC),
        works=_iris(fields, "cito:citesAsEvidence"),
        cited_as=_iris(fields, "asc:citedAs"),
    )


def _text(fields: _Fields, name: str) -> str:
    found = fields.get(name)
    return found[0].value if found else ""


def _iris(fields: _Fields, name: str) -> tuple[str, ...]:
    return tuple(sorted((t.value for t in fields.get(name, ()) if t.kind == "iri"), key=_natural))


def _natural(iri: str) -> tuple[tuple[int, str], ...]:
    parts = iri.replace("-", " ").split()
    return tuple((int(p[1:]) if p[1:].isdigit() else 0, p) for p in parts)


def _basis_order(basis: str) -> int:
    return _BASES.index(basis) if basis in _BASES else len(_BASES)
