"""Claims: what a source states, with setting, stance, sentences and the evidence that stands behind it."""

import html
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from asckg.engine import Engine
from asckg.named import CHUNK, Named, concept_of, iri_of, labels, values
from asckg.namespace import expand
from asckg.term import Rows, Term, Triple

_ABOUT = "asc:subject|asc:object|asc:concerns|prov:wasDerivedFrom|(asc:hasEvidenceLine/cito:citesAsEvidence)"
_DETAIL = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?claim { %s } { ?claim ?p ?o . BIND(?claim AS ?s) } UNION { ?claim asc:hasEvidenceLine ?s . ?s ?p ?o } }"  # noqa: E501 - one query on one line
_PLACES = """
SELECT ?sentence ?section ?paragraph ?number WHERE {
  VALUES ?sentence { %s }
  ?sentence schema:position ?number ; dct:isPartOf ?in . ?in schema:position ?paragraph ; dct:isPartOf ?of .
  ?of schema:position ?section
}
"""
_NOWHERE = (sys.maxsize, 0, 0)
Place = tuple[int, int, int]
_Facts = dict[str, list[Term]]


@dataclass(frozen=True)
class Evidence:
    """One line of evidence: who stands behind the claim, and the works cited for it.

    `printed` has in-text citations that no entry of the reference list answers.
    """

    basis: Named
    direction: Named | None
    quantifier: Named | None
    works: tuple[Named, ...]
    printed: tuple[Named, ...]


@dataclass(frozen=True)
class Claim:
    """One statement of a source, in the maintainers' words.

    `object` is a thing, or a literal as a `Term`; `sentences` are named by their position.
    """

    iri: str
    paraphrase: str
    subject: Named
    predicate: Named
    object: Named | Term
    settings: tuple[Named, ...]
    stance: Named
    sentences: tuple[Named, ...]
    evidence: tuple[Evidence, ...]
    note: str | None = None

    @property
    def bases(self) -> tuple[str, ...]:
        """Return the labels of the bases, sorted."""
        return tuple(sorted(line.basis.label for line in self.evidence))

    @property
    def works(self) -> tuple[Named, ...]:
        """Return the works cited, each once."""
        return tuple(dict.fromkeys(work for line in self.evidence for work in line.works))

    def __str__(self) -> str:
        return self.paraphrase


class Claims(Sequence[Claim]):
    """Claims in the order of the document."""

    def __init__(self, items: Sequence[Claim]) -> None:
        self._items = tuple(items)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Claim]: ...
    def __getitem__(self, index: int | slice) -> Claim | Sequence[Claim]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self._items)

    def rows(self) -> Rows:
        """Return one row a claim: its name, paraphrase, subject, predicate, object, settings, stance, bases, works."""
        columns = (
            "claim", "paraphrase", "subject", "predicate", "object", "setting", "stance", "basis", "works", "sentence",
        )  # fmt: skip
        return Rows(columns, [tuple(map(Term.literal, _cells(claim))) for claim in self])

    def __repr__(self) -> str:
        lines = [f"{claim.paraphrase} [{', '.join(claim.bases)}; {_join(claim.sentences)}]" for claim in self]
        return "\n".join(lines) or "no claims in these sources"

    def _repr_html_(self) -> str:
        if not self:
            return "<p>No claims in these sources.</p>"
        rows = "".join(
            f"<tr><td>{html.escape(claim.paraphrase)}</td><td>{html.escape(', '.join(claim.bases))}</td>"
            f"<td>{html.escape(_join(claim.works))}</td><td>{html.escape(_join(claim.sentences))}</td></tr>"
            for claim in self
        )
        head = "".join(f"<th scope=col>{name}</th>" for name in ("Claim", "Basis", "Works", "Sentence"))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def find_claims(
    engine: Engine, *, about: str | None = None, basis: str | None = None, setting: str | None = None
) -> Claims:
    """Return the claims about a thing (as subject, object, cited work or sentence), on a basis, in a setting.

    A setting includes the narrower ones. Names are local names, prefixed names or IRIs.
    """
    patterns = ["?claim a asc:Claim ."]
    bindings: dict[str, Term] = {}
    for name, value, pattern in (
        ("about", about and iri_of(about), f"?claim {_ABOUT} ?about ."),
        ("basis", basis and concept_of(basis), "?claim asc:hasEvidenceLine/asc:basis ?basis ."),
        ("setting", setting and concept_of(setting), "?claim asc:setting/skos:broader* ?setting ."),
    ):
        if value:
            patterns.append(pattern)
            bindings[name] = Term.iri(value)
    wanted = " ".join(f"?{name}" for name in ("claim", *bindings))
    rows = engine.select(f"SELECT DISTINCT {wanted} WHERE {{ {' '.join(patterns)} }}", bindings)
    return load_claims(engine, [row[0].value for row in rows.rows if row[0] is not None])


def load_claims(engine: Engine, iris: Sequence[str]) -> Claims:
    """Return the claims with these IRIs, in the order of the sentences that they come from."""
    triples: list[Triple] = []
    for start in range(0, len(iris), CHUNK):
        triples += engine.construct(_DETAIL % values(iris[start : start + CHUNK]))
    facts: dict[str, _Facts] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted(set(triples)):
        facts[subject.value][predicate.value].append(value)
    things = {term.value for triple in triples for term in triple if term.kind == "iri"}
    names = labels(engine, sorted(things))
    places = _places(engine, triples)
    made = [_claim(iri, facts, names, places) for iri in iris if expand("asc:subject") in facts[iri]]

    def place(claim: Claim) -> tuple[Place, str]:
        return min((places.get(sentence.iri, _NOWHERE) for sentence in claim.sentences), default=_NOWHERE), claim.iri

    return Claims(sorted(made, key=place))


def _places(engine: Engine, triples: Sequence[Triple]) -> dict[str, Place]:
    """Return where each sentence stands: the positions of its section, its paragraph and its own."""
    source = expand("prov:wasDerivedFrom")
    sentences = sorted({value.value for _, predicate, value in triples if predicate.value == source})
    found: dict[str, Place] = {}
    for start in range(0, len(sentences), CHUNK):
        for row in engine.select(_PLACES % values(sentences[start : start + CHUNK])).rows:
            name, *numbers = (term.value for term in row if term is not None)
            section, paragraph, number = map(int, numbers)
            found[name] = (section, paragraph, number)
    return found


def _claim(iri: str, facts: dict[str, _Facts], names: dict[str, str], places: dict[str, Place]) -> Claim:
    own = facts[iri]

    def all_of(name: str, of: _Facts = own) -> tuple[Named, ...]:
        return tuple(Named(term.value, names[term.value]) for term in of.get(expand(name), ()) if term.kind == "iri")

    def one_of(name: str, of: _Facts = own) -> Named | None:
        return next(iter(all_of(name, of)), None)

    def text_of(name: str) -> str:
        return next((term.value for term in own.get(expand(name), ())), "")

    missing = Named("", "")
    value = own[expand("asc:object")][0] if own.get(expand("asc:object")) else Term.literal("")
    lines = [facts[line.iri] for line in all_of("asc:hasEvidenceLine")]
    return Claim(
        iri=iri,
        paraphrase=text_of("asc:paraphrase"),
        subject=one_of("asc:subject") or missing,
        predicate=one_of("asc:predicate") or missing,
        object=Named(value.value, names[value.value]) if value.kind == "iri" else value,
        settings=all_of("asc:setting"),
        stance=one_of("asc:stance") or missing,
        sentences=tuple(sorted(all_of("prov:wasDerivedFrom"), key=lambda sentence: places.get(sentence.iri, _NOWHERE))),
        evidence=tuple(
            Evidence(
                basis=one_of("asc:basis", line) or missing,
                direction=one_of("asc:direction", line),
                quantifier=one_of("asc:quantifier", line),
                works=all_of("cito:citesAsEvidence", line),
                printed=all_of("asc:citedAs", line),
            )
            for line in lines
        ),
        note=text_of("skos:editorialNote") or None,
    )


def _cells(claim: Claim) -> list[str]:
    value = claim.object.label if isinstance(claim.object, Named) else claim.object.value
    return [
        Named(claim.iri, "").name, claim.paraphrase, claim.subject.label, claim.predicate.label, value,
        _join(claim.settings), claim.stance.label, "; ".join(claim.bases), _join(claim.works), _join(claim.sentences),
    ]  # fmt: skip


def _join(names: Sequence[Named]) -> str:
    return "; ".join(name.label for name in names)
