"""Decisions about links as SSSOM rows: read with line numbers, written sorted, never lost."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from pathlib import Path

from asckg.error import AsckgError
from asckg.finding import Finding
from asckg.namespace import LINK_PREFIXES

AUTHOR = "The asckg maintainers"
NONE_FOUND = "sssom:NoTermFound"
STATES = ("accepted", "rejected", "unsure", "suggested")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one pair, as SSSOM has it.

    `similarity_score` is what the program found, `confidence` what the reviewer holds; `other` starts with
    `status=` and keeps the parts of the score.

    >>> Decision("r:org-a", "A", "skos:exactMatch", "", "ror:0abc", "A").state
    'suggested'
    """

    subject_id: str
    subject_label: str
    predicate_id: str
    predicate_modifier: str
    object_id: str
    object_label: str
    mapping_justification: str = "semapv:LexicalMatching"
    author_label: str = ""
    reviewer_label: str = ""
    mapping_date: str = ""
    confidence: str = ""
    similarity_score: str = ""
    similarity_measure: str = ""
    object_source: str = ""
    comment: str = ""
    other: str = "status=suggested"

    @property
    def state(self) -> str:
        """Return `accepted`, `rejected`, `unsure` or `suggested`."""
        if self.predicate_modifier == "Not":
            return "rejected"
        return self.other.partition(";")[0].removeprefix("status=").strip() or "suggested"

    @property
    def pair(self) -> tuple[str, str]:
        """Return what the decision is about."""
        return self.subject_id, self.object_id

    @property
    def makes_sense(self) -> bool:
        """Say whether its names have known prefixes and its state is one, which a hand edit may undo."""
        names = (self.subject_id, self.object_id, self.predicate_id, self.mapping_justification)
        return self.state in STATES and all(name.partition(":")[0] in LINK_PREFIXES for name in names)

    def decided(self, state: str, who: str, when: str, why: str = "", confidence: str = "") -> "Decision":
        """Return the decision after a person judged it; the score stays as it was."""
        parts = self.other.partition(";")[2]
        return replace(
            self,
            predicate_modifier="Not" if state == "rejected" else "",
            mapping_justification="semapv:ManualMappingCuration",
            author_label=self.author_label or who,
            reviewer_label=who,
            mapping_date=when,
            confidence=confidence or self.confidence,
            comment=why or self.comment,
            other=f"status={state}" + (f";{parts}" if parts else ""),
        )


COLUMNS = tuple(item.name for item in fields(Decision))
in_order = _CELLS = attrgetter(*COLUMNS)
"""What rows are sorted by in a file."""
_BLANK = re.compile(r"^\s|\s\s|[^\S ]|\s$")


def read(path: Path) -> tuple[list[tuple[int, Decision]], list[Finding]]:
    """Return the decisions of a file with their lines, and what is wrong with the others."""
    shown, findings, found = str(path), list[Finding](), list[tuple[int, Decision]]()
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return [], [Finding(shown, 1, 0, "L001", f"cannot be read: {error}")]
    start = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = lines[start].split("\t") if start < len(lines) else []
    missing = [
        name for name in ("subject_id", "predicate_id", "object_id", "mapping_justification") if name not in header
    ]
    if missing:
        return [], [Finding(shown, start + 1, 0, "L002", f"the header lacks {', '.join(missing)}")]
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if not line.strip():
            continue
        cells = next(csv.reader([line], delimiter="\t")) if '"' in line else line.split("\t")
        if len(cells) != len(header):
            findings.append(Finding(shown, number, 0, "L003", f"{len(cells)} cells where the header has {len(header)}"))
            continue
        row = dict(zip(header, cells, strict=True))
        unset = dict.fromkeys(("subject_label", "predicate_modifier", "object_label"), "")
        found.append((number, Decision(**{**unset, **{name: row[name] for name in COLUMNS if name in row}})))
    return found, findings


def dump(decisions: Iterable[Decision], name: str, title: str, licence: str) -> str:
    """Return the SSSOM file: a header that names the prefixes used, then one row per pair, sorted."""
    kept = sorted({item.pair: item for item in decisions}.values(), key=_CELLS)
    cells = [value for item in kept for value in (item.subject_id, item.predicate_id, item.object_id)]
    used = {cell.partition(":")[0] for cell in [*cells, *(item.object_source for item in kept)] if ":" in cell} | {
        "semapv"
    }
    head = [
        "curie_map:",
        *(f"  {prefix}: {LINK_PREFIXES[prefix]}" for prefix in sorted(used) if prefix in LINK_PREFIXES),
    ]
    head += [
        f"license: {licence}",
        f"mapping_set_id: https://w3id.org/asckg/links/{name}",
        f"mapping_set_title: {title}",
    ]
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    for item in kept:
        writer.writerow([" ".join(value.split()) if _BLANK.search(value) else value for value in _CELLS(item)])
    return "".join(f"# {line}\n" for line in head) + out.getvalue()


def read_sound(path: Path) -> list[Decision]:
    """Return the decisions of a file; raise `AsckgError` when a row is lost by writing the file anew."""
    rows, wrong = read(path) if path.is_file() else ([], [])
    lines: dict[tuple[str, str], int] = {}
    for number, item in rows:
        first = lines.setdefault(item.pair, number)
        if first != number:
            said = f"{item.subject_id} and {item.object_id} are decided on line {first} already"
            wrong.append(Finding(str(path), number, 0, "L012", said))
    if wrong:
        raise AsckgError(f"{wrong[0]}; mend the file first, so that nothing in it is lost")
    return [item for _, item in rows]


def merge(
    old: Sequence[Decision], new: Iterable[Decision], *, whole: bool = True
) -> tuple[list[Decision], dict[str, int]]:
    """Return old and new together, and counts: what a person decided always stays; suggestions are replaced.

    When the run that gave the new ones was not `whole`, the suggestions that it did not come to stay too.
    """
    kept = {item.pair: item for item in old if item.state != "suggested"}
    before = {item.pair: item for item in old}
    counts = {"new": 0, "changed": 0, "same": 0, "decided": len(kept), "gone": 0}
    fresh: dict[tuple[str, str], Decision] = {}
    for item in new:
        if item.pair in kept or item.pair in fresh:
            continue  # decided, or said by an earlier row that says the same
        was = before.get(item.pair)
        same = was is not None and replace(item, mapping_date=was.mapping_date) == was
        fresh[item.pair] = was if was is not None and same else item
        counts["new" if was is None else "same" if same else "changed"] += 1
    missing = [item for pair, item in before.items() if pair not in fresh and pair not in kept]
    if not whole:
        return [*kept.values(), *missing, *fresh.values()], counts
    counts["gone"] = len(missing)
    return [*kept.values(), *fresh.values()], counts
