"""Claims with the labels of all that they speak of, as programs read them."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from asckg.claim.record import Record, read_records
from asckg.engine import Engine
from asckg.error import AsckgError
from asckg.named import Named, concept_of, iri_of, labels
from asckg.namespace import VOC, compact
from asckg.term import Rows, Term

_ABOUT = "asc:subject|asc:object|asc:concerns|prov:wasDerivedFrom|(asc:hasEvidenceLine/cito:citesAsEvidence)"


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
        left = " style='text-align:left'"  # Jupyter sets cells to the right, which is for numbers
        rows = "".join(
            "<tr>" + "".join(f"<td{left}>{html.escape(cell)}</td>" for cell in cells) + "</tr>"
            for claim in self
            for cells in [(claim.paraphrase, ", ".join(claim.bases), _join(claim.works), _join(claim.sentences))]
        )
        head = "".join(f"<th scope=col{left}>{name}</th>" for name in ("Claim", "Basis", "Works", "Sentence"))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def find_claims(
    engine: Engine, *, about: str | None = None, basis: str | None = None, setting: str | None = None
) -> Claims:
    """Return the claims about a thing (as subject, object, cited work or sentence), on a basis, in a setting.

    A setting includes the narrower ones. Names are local names, prefixed names or IRIs;
    raises `AsckgError` where the graph has nothing of a name.
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
    if not bindings:
        return load_claims(engine)
    wanted = " ".join(f"?{name}" for name in ("claim", *bindings))
    rows = engine.select(f"SELECT DISTINCT {wanted} WHERE {{ {' '.join(patterns)} }}", bindings)
    found = [row[0].value for row in rows.rows if row[0] is not None]
    if not found:
        _insist(engine, [term.value for term in bindings.values()])
    return load_claims(engine, found)


def _insist(engine: Engine, iris: Sequence[str]) -> None:
    """Raise `AsckgError` where the graph does not know a name: a misspelt one would read as a lack of claims."""
    for iri in iris:
        if not engine.describe(iri) and not engine.count_incoming(iri):
            raise AsckgError(f"the graph has nothing named {compact(iri)}; look for it with search")


def load_claims(engine: Engine, iris: Sequence[str] | None = None) -> Claims:
    """Return the claims with these IRIs, or all, in the order of the sentences that they come from."""
    records = [record for record in read_records(engine, iris) if record.subject]
    names = _names(engine, records)
    return Claims([_claim(record, names) for record in records])


def _names(engine: Engine, records: Sequence[Record]) -> dict[str, str]:
    things: set[str] = set()
    for record in records:
        things.update(record.touches(), [record.stance])
        for line in record.lines:
            concepts = map(_concept, (line.basis, line.direction, line.quantifier))
            things.update(concepts, line.cited_as)
    return {"": "", **labels(engine, sorted(things - {""}))}


def _claim(record: Record, names: dict[str, str]) -> Claim:
    def named(iri: str) -> Named:
        return Named(iri, names[iri])

    def concept(name: str) -> Named | None:
        return named(_concept(name)) if name else None

    value = record.object
    return Claim(
        iri=record.iri,
        paraphrase=record.says,
        subject=named(record.subject),
        predicate=named(record.predicate),
        object=named(value.value) if value.kind == "iri" else value,
        settings=tuple(map(named, record.settings)),
        stance=named(record.stance),
        sentences=tuple(map(named, record.sentences)),
        evidence=tuple(
            Evidence(
                basis=named(_concept(line.basis)),
                direction=concept(line.direction),
                quantifier=concept(line.quantifier),
                works=tuple(map(named, line.works)),
                printed=tuple(map(named, line.cited_as)),
            )
            for line in record.lines
        ),
        note=record.note or None,
    )


def _concept(name: str) -> str:
    """Return the IRI of a concept that a record has by its local name, or by its IRI where it is not one of ours."""
    return VOC + name if name and ":" not in name else name


def _cells(claim: Claim) -> list[str]:
    value = claim.object.label if isinstance(claim.object, Named) else claim.object.value
    return [
        Named(claim.iri, "").name, claim.paraphrase, claim.subject.label, claim.predicate.label, value,
        _join(claim.settings), claim.stance.label, "; ".join(claim.bases), _join(claim.works), _join(claim.sentences),
    ]  # fmt: skip


def _join(names: Sequence[Named]) -> str:
    return "; ".join(name.label for name in names)
