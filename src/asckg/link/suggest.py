"""Outcomes as rows for the decision file, and as rows of a report."""

from collections.abc import Iterable, Iterator

from asckg.link.decision import Decision
from asckg.link.identifier import SCHEMES
from asckg.link.mapping import ColumnMap
from asckg.link.outcome import Outcome
from asckg.link.record import Record
from asckg.namespace import ID, LINK_PREFIXES

REPORT = (
    "line",
    "key",
    "name",
    "band",
    "thing",
    "label",
    "similarity",
    "margin",
    "reason",
    "explanation",
    "other options",
)
_JUSTIFICATION = {"identifier": "semapv:MappingChaining", "accepted": "semapv:LexicalMatching"}
RULE = "asckg link, by rule"


def object_id(row: Record, mapping: ColumnMap, source: str) -> str:
    """Return the prefixed name of a row: its first identifier of a known scheme, else its key within the source."""
    for scheme in mapping.identifiers or row.identifiers:
        values = row.identifiers.get(scheme, ())
        if values and scheme in LINK_PREFIXES and scheme in SCHEMES:
            return f"{scheme}:{values[0]}"
    if row.identifiers.get("ror"):
        return f"ror:{row.identifiers['ror'][0]}"
    return f"row:{source}/{row.key.replace(' ', '-')}"


def decisions_of(outcomes: Iterable[Outcome], mapping: ColumnMap, source: str, today: str) -> Iterator[Decision]:
    """Yield a decision for the best option of every row that has one; those accepted by rule say so."""
    for item in outcomes:
        if item.band not in {"identifier", "accepted", "review"} or item.best is None:
            continue
        best, sure = item.best, item.band != "review"
        parts = ";".join(f"{name}={value:.3f}" for name, value in best.parts.items())
        yield Decision(
            subject_id="r:" + best.thing.key.removeprefix(ID),
            subject_label=best.thing.name,
            predicate_id="skos:exactMatch",
            predicate_modifier="",
            object_id=object_id(item.row, mapping, source),
            object_label=item.row.name,
            mapping_justification=_JUSTIFICATION.get(item.band, "semapv:LexicalMatching"),
            author_label=RULE if sure else "",
            mapping_date=today,
            similarity_score=f"{best.similarity:.3f}",
            similarity_measure="asckg similarity",
            object_source=f"source:{source}",
            comment=item.reason if sure else "; ".join((item.reason, *best.doubts)),
            other=f"status={'accepted' if sure else 'suggested'}" + (f";{parts}" if parts else ""),
        )


def report_row(item: Outcome) -> tuple[object, ...]:
    """Return the row of the report about one outcome, in the order of `REPORT`."""
    best = item.best
    if best is None or item.band == "none":
        return (item.row.line, item.row.key, item.row.name, item.band, "", "", "", "", item.reason, "", "")
    others = "; ".join(f"{option.thing.name} ({option.similarity:.2f})" for option in item.options[1:4])
    shown = (best.thing.key, best.thing.name, round(best.similarity, 3), round(item.margin, 3))
    return (item.row.line, item.row.key, item.row.name, item.band, *shown, item.reason, best.explain(), others)
