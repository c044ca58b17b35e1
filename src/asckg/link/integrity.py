"""Checks of the decision files: every defect with its file and line."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import pairwise, takewhile
from pathlib import Path

from asckg.finding import Finding
from asckg.link.decision import NONE_FOUND, STATES, Decision, in_order, read
from asckg.link.identifier import SCHEMES, normalise
from asckg.namespace import LINK_PREFIXES

PREDICATES = frozenset(
    {"skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"}
)
Placed = tuple[str, int, Decision]
"""A file, a line, and the decision that stands there."""
_MANY_ALLOWED = frozenset({"fundref", "isni", "isbn", "openalex", "row", "award"})


def findings(path: Path | Sequence[Path], things: Collection[str] | None = None) -> list[Finding]:
    """Return what is wrong with a decision file, several, or all of a folder, and where they contradict each other.

    `things` are the IRIs of the graph; when given, a subject that is none of them is reported.
    """
    files = [path] if isinstance(path, Path) else list(path)
    files = sorted(files[0].glob("*.sssom.tsv")) if len(files) == 1 and files[0].is_dir() else files
    found: list[Finding] = []
    every: list[Placed] = []
    for file in files:
        rows, wrong = read(file)
        shown = str(file)
        found += wrong
        found += [Finding(shown, line, 0, code, message) for line, code, message in _header(file, rows)]
        for number, item in rows:
            found += [
                Finding(shown, number, 0, code, message, focus=item.subject_id) for code, message in _row(item, things)
            ]
        found += [Finding(shown, number, 0, "L013", message) for number, message in _order(rows)]
        every += [(shown, number, item) for number, item in rows]
    found += [Finding(shown, number, 0, code, message) for shown, number, code, message in _across(every)]
    return sorted(found)


def _header(path: Path, rows: Sequence[tuple[int, Decision]]) -> Iterator[tuple[int, str, str]]:
    """Yield what the head lacks, and the prefixes that it gives another meaning: other programs would follow it."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    head = list(takewhile(lambda line: line.startswith("#"), lines))
    parts = (line.removeprefix("#").strip().partition(":") for line in head)
    keys = {key for key, _, value in parts if value.strip()}
    for key in ("license", "mapping_set_id"):
        if rows and key not in keys:
            yield 1, "L002", f"the head lacks {key}; write a line `# {key}: ADDRESS`"
    cells = ((number, name) for number, item in rows for name in (item.subject_id, item.predicate_id, item.object_id))
    used = {name.partition(":")[0]: number for number, name in reversed(list(cells))}
    for prefix, number in used.items():
        if prefix in LINK_PREFIXES and prefix not in keys:
            yield number, "L018", f"prefix {prefix!r} is not in the head; `asckg link sort` writes it anew"
    for number, line in enumerate(head, 1):
        prefix, colon, meant = line.removeprefix("#").strip().partition(": ")
        if line.startswith("#   ") and colon and LINK_PREFIXES.get(prefix) != meant.strip():
            known = LINK_PREFIXES.get(prefix)
            yield (
                number,
                "L018",
                f"prefix {prefix!r} is {meant.strip()!r}; "
                + (f"here it is {known!r}" if known else "it is none of ours"),
            )


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
    yield from _kind(item)
    if item.mapping_date and not _date(item.mapping_date):
        yield "L009", f"mapping_date {item.mapping_date!r} is no date (YYYY-MM-DD)"
    for part in ("confidence", "similarity_score"):
        if not _share(getattr(item, part)):
            yield "L010", f"{part} {getattr(item, part)!r} is not a number from 0 to 1"
    iri = LINK_PREFIXES["r"] + item.subject_id.removeprefix("r:")
    if things is not None and iri not in things:
        yield "L011", f"{item.subject_id} is nothing in the graph"


def _kind(item: Decision) -> Iterator[tuple[str, str]]:
    """Yield what links a person to what is none, or another thing to a person."""
    person = item.subject_id.startswith("r:person-")
    if item.state != "rejected" and not person and item.object_id.startswith("orcid:"):
        yield "L017", f"{item.subject_id} is no person of the graph and has the ORCID of one"
    if item.state != "rejected" and person and item.object_id.startswith(("ror:", "ukprn:", "gss:", "doi:")):
        yield "L017", f"{item.subject_id} is a person and {item.object_id} is none"


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


def _date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and len(text) == len("2026-01-01")
    except ValueError:
        return False


def _share(text: str) -> bool:
    try:
        return not text or 0 <= float(text) <= 1
    except ValueError:
        return False


def _order(rows: list[tuple[int, Decision]]) -> Iterator[tuple[int, str]]:
    for (_, before), (number, item) in pairwise(rows):
        if in_order(item) < in_order(before):
            yield number, "the row is not in its order, by subject and then by object; `asckg link sort` sorts them"


def _across(rows: list[Placed]) -> Iterator[tuple[str, int, str, str]]:
    seen: dict[tuple[str, str, str], tuple[str, int]] = {}
    for path, number, item in rows:
        source = item.object_source if item.object_id == NONE_FOUND else ""
        there, line = seen.setdefault((*item.pair, source), (path, number))
        if (there, line) != (path, number):
            where = f"line {line}" if there == path else f"{there}:{line}"
            yield path, number, "L012", f"{item.subject_id} and {item.object_id} are decided in {where} already"
    yield from _contradictions([row for row in rows if row[2].state == "accepted"])


def _contradictions(rows: list[Placed]) -> Iterator[tuple[str, int, str, str]]:
    of_scheme: dict[tuple[str, str], set[str]] = defaultdict(set)
    claimed: dict[str, str] = {}
    linked = {(item.subject_id, item.object_source) for _, _, item in rows if item.object_id != NONE_FOUND}
    for path, number, item in rows:
        if item.object_id == NONE_FOUND:
            if (item.subject_id, item.object_source) in linked:
                yield path, number, "L016", f"{item.subject_id} is linked and also not found in {item.object_source}"
            continue
        if item.predicate_id != "skos:exactMatch":
            continue
        scheme = item.object_id.partition(":")[0]
        same = of_scheme[item.subject_id, scheme]
        same.add(item.object_id)
        if scheme not in _MANY_ALLOWED and len(same) > 1:
            yield path, number, "L014", f"{item.subject_id} equals two of one scheme: {' and '.join(sorted(same))}"
        other = claimed.setdefault(item.object_id, item.subject_id)
        if other != item.subject_id:
            yield path, number, "L015", f"{item.object_id} equals both {other} and {item.subject_id}"
