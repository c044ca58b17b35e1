"""Checks of the decision files: every defect with its file and line."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from asckg.finding import Finding
from asckg.link.decision import NONE_FOUND, STATES, Decision, read
from asckg.link.identifier import SCHEMES, normalise
from asckg.namespace import LINK_PREFIXES

PREDICATES = frozenset(
    {"skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"}
)
_MANY_ALLOWED = frozenset({"fundref", "isni", "isbn", "openalex", "row", "award"})


def findings(path: Path, things: Collection[str] | None = None) -> list[Finding]:
    """Return what is wrong with a decision file, or with all files of a folder.

    `things` are the IRIs of the graph; when given, a subject that is none of them is reported.
    """
    if path.is_dir():
        return [item for file in sorted(path.glob("*.sssom.tsv")) for item in findings(file, things)]
    rows, found = read(path)
    shown = str(path)
    for number, item in rows:
        found += [
            Finding(shown, number, 0, code, message, focus=item.subject_id) for code, message in _row(item, things)
        ]
    found += [Finding(shown, number, 0, code, message) for number, code, message in _across(rows)]
    return sorted(found)


def _row(item: Decision, things: Collection[str] | None) -> Iterator[tuple[str, str]]:
    for part in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
        yield from _name(part, getattr(item, part))
    if item.predicate_id not in PREDICATES:
        yield "L006", f"predicate {item.predicate_id!r} is none of {', '.join(sorted(PREDICATES))}"
    if item.predicate_modifier not in {"", "Not"}:
        yield "L007", f"predicate_modifier {item.predicate_modifier!r}; only Not or nothing"
    if item.state not in STATES:
        yield "L008", f"status {item.state!r} is none of {', '.join(STATES)}"
    if item.state in {"accepted", "rejected", "unsure"} and not (item.author_label and item.mapping_date):
        yield "L009", "a decision without author_label or mapping_date"
    for part in ("confidence", "similarity_score"):
        if not _share(getattr(item, part)):
            yield "L010", f"{part} {getattr(item, part)!r} is not a number from 0 to 1"
    iri = LINK_PREFIXES["r"] + item.subject_id.removeprefix("r:")
    if things is not None and iri not in things:
        yield "L011", f"{item.subject_id} is nothing in the graph"


def _name(part: str, text: str) -> Iterator[tuple[str, str]]:
    prefix, colon, local = text.partition(":")
    if not colon or not local or prefix not in LINK_PREFIXES:
        yield "L004", f"{part} {text!r} has no known prefix; known are {', '.join(LINK_PREFIXES)}"
    elif prefix in SCHEMES:
        found = normalise(prefix, local)
        if found is None:
            yield "L005", f"{text!r} is no {SCHEMES[prefix].label}"
        elif found.value != local:
            yield "L005", f"{text!r} is not normalised; write {prefix}:{found.value}"


def _share(text: str) -> bool:
    try:
        return not text or 0 <= float(text) <= 1
    except ValueError:
        return False


def _across(rows: list[tuple[int, Decision]]) -> Iterator[tuple[int, str, str]]:
    lines: dict[tuple[str, str], int] = {}
    last = ("", "")
    for number, item in rows:
        if item.pair in lines:
            yield (
                number,
                "L012",
                f"{item.subject_id} and {item.object_id} are decided on line {lines[item.pair]} already",
            )
        lines.setdefault(item.pair, number)
        if (item.subject_id, item.subject_label) < last:
            yield number, "L013", "rows are not sorted by subject; `asckg link sort` sorts them"
        last = (item.subject_id, item.subject_label)
    yield from _contradictions([pair for pair in rows if pair[1].state == "accepted"])


def _contradictions(rows: list[tuple[int, Decision]]) -> Iterator[tuple[int, str, str]]:
    of_scheme: dict[tuple[str, str], set[str]] = defaultdict(set)
    claimed: dict[str, str] = {}
    linked = {(item.subject_id, item.object_source) for _, item in rows if item.object_id != NONE_FOUND}
    for number, item in rows:
        if item.object_id == NONE_FOUND:
            if (item.subject_id, item.object_source) in linked:
                yield number, "L016", f"{item.subject_id} is linked and also not found in {item.object_source}"
            continue
        if item.predicate_id != "skos:exactMatch":
            continue
        scheme = item.object_id.partition(":")[0]
        same = of_scheme[item.subject_id, scheme]
        same.add(item.object_id)
        if scheme not in _MANY_ALLOWED and len(same) > 1:
            yield number, "L014", f"{item.subject_id} equals two of one scheme: {' and '.join(sorted(same))}"
        other = claimed.setdefault(item.object_id, item.subject_id)
        if other != item.subject_id:
            yield number, "L015", f"{item.object_id} equals both {other} and {item.subject_id}"
