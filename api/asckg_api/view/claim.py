"""Claims as pages show them: one statement with who stands behind it, where it stands and when it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from asckg.engine import Engine
from asckg.namespace import VOC, compact, expand
from asckg.term import Term

CLAIM_TRIPLES = "SELECT ?s ?p ?o WHERE { ?s a asc:Claim ; ?p ?o }"
LINE_TRIPLES = "SELECT ?s ?p ?o WHERE { ?s a asc:EvidenceLine ; ?p ?o }"
SENTENCES = """SELECT ?s ?section ?at ?paragraph ?place WHERE {
  ?s a doco:Sentence ; dct:isPartOf ?p . ?p dct:isPartOf ?section .
  OPTIONAL { ?section schema:position ?at } OPTIONAL { ?p schema:position ?paragraph }
  OPTIONAL { ?s schema:position ?place }
}"""
QUALIFIERS = (
    "asc:period", "schema:startDate", "schema:endDate", "dct:spatial", "asc:concerns", "schema:currency",
    "schema:unitText",
)  # fmt: skip
Fields = dict[str, list[Term]]


@dataclass(frozen=True)
class Line:
    """One evidence line: `basis` is the local name of the concept, `works` are IRIs."""

    iri: str
    basis: str
    direction: str
    quantifier: str
    works: tuple[str, ...]
    cited_as: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """One claim; every field but `says` and `object` holds IRIs."""

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


class ClaimBook:
    """Every claim of the default graph, by address and by the things it touches; read once per build."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.by_iri = {claim.iri: claim for claim in claims}
        about: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.by_iri.values():
            for thing in dict.fromkeys(claim.touches()):
                about[thing].append(claim)
        self._about = dict(about)

    def at(self, iri: str) -> list[Claim]:
        """Return the claims that touch a place of the document or a work, in the order of the document."""
        return list(self._about.get(iri, ()))

    def about(self, iri: str) -> list[Claim]:
        """Return the claims that touch a thing, those of which it is the subject first."""
        return sorted(self._about.get(iri, ()), key=lambda c: (c.subject != iri, c.predicate, c.iri))

    def all(self) -> list[Claim]:
        """Every claim, in the order of the document."""
        return list(self.by_iri.values())


def read_claims(engine: Engine) -> ClaimBook:
    """Every claim that the engine holds, ordered by its first sentence."""
    lines = {iri: _line(iri, fields) for iri, fields in _grouped(engine, LINE_TRIPLES).items()}
    rows = engine.select(SENTENCES).rows
    sections = {row[0].value: row[1].value for row in rows if row[0] and row[1]}
    places = {row[0].value: tuple(int(t.value) if t else 0 for t in row[2:]) for row in rows if row[0]}
    claims = [_claim(iri, fields, lines, sections) for iri, fields in _grouped(engine, CLAIM_TRIPLES).items()]
    claims = [replace(c, sentences=tuple(sorted(c.sentences, key=lambda s: (places.get(s, ()), s)))) for c in claims]
    return ClaimBook(sorted(claims, key=lambda c: ([places.get(s, ()) for s in c.sentences[:1]], c.iri)))


def _grouped(engine: Engine, query: str) -> dict[str, Fields]:
    found: dict[str, Fields] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in engine.select(query).rows:
        if subject and predicate and value:
            found[subject.value][compact(predicate.value)].append(value)
    return found


def _claim(iri: str, fields: Fields, lines: Mapping[str, Line], sections: Mapping[str, str]) -> Claim:
    sentences = _iris(fields, "prov:wasDerivedFrom")
    object_terms = fields.get("asc:object") or [Term.literal("")]
    mine = [lines[line] for line in _iris(fields, "asc:hasEvidenceLine") if line in lines]
    return Claim(
        iri=iri,
        says=_text(fields, "asc:paraphrase") or iri,
        subject=_text(fields, "asc:subject"),
        predicate=_text(fields, "asc:predicate") or expand("asc:reports"),
        object=object_terms[0],
        stance=_text(fields, "asc:stance") or VOC + "asserted",
        settings=_iris(fields, "asc:setting"),
        sentences=sentences,
        sections=tuple(dict.fromkeys(sections[s] for s in sentences if s in sections)),
        lines=tuple(sorted(mine, key=lambda line: _basis_order(line.basis))),
        qualifiers=tuple((name, term) for name in QUALIFIERS for term in fields.get(name, [])),
        note=_text(fields, "skos:editorialNote"),
    )


def _line(iri: str, fields: Fields) -> Line:
    return Line(
        iri=iri,
        basis=_text(fields, "asc:basis").removeprefix(VOC),
        direction=_text(fields, "asc:direction").removeprefix(VOC),
        quantifier=_text(fields, "asc:quantifier").removeprefix(VOC),
        works=_iris(fields, "cito:citesAsEvidence"),
        cited_as=_iris(fields, "asc:citedAs"),
    )


def _text(fields: Fields, name: str) -> str:
    found = fields.get(name)
    return found[0].value if found else ""


def _iris(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(sorted((t.value for t in fields.get(name, ()) if t.kind == "iri"), key=_natural))


def _natural(iri: str) -> tuple[tuple[int, str], ...]:
    parts = iri.replace("-", " ").split()
    return tuple((int(p[1:]) if p[1:].isdigit() else 0, p) for p in parts)


def _basis_order(basis: str) -> int:
    order = ("literature", "stakeholder-testimony", "author")
    return order.index(basis) if basis in order else len(order)
