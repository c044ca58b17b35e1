"""A copy held against the graph: which sentences are missing, changed, moved or new."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from asckg.finding import Finding
from asckg.source.digest import readings
from asckg.source.document import Document, Sentence
from asckg.source.record import RecordedSentence

_SHOWN = 90


def compare(recorded: Sequence[RecordedSentence], document: Document) -> list[Finding]:
    """Return what differs, in the order of the graph's sentences; an empty list when the copy is the document.

    A sentence that is there in order but in another paragraph is a warning (G105): the copy breaks paragraphs
    elsewhere. All else is an error: missing (G101), changed (G102), moved (G103), new (G104).
    """
    known = {sentence.sha256 for sentence in recorded}
    present = list(document.sentences())
    digests = [_digest(sentence, known) for sentence in present]
    matcher = SequenceMatcher(None, [s.sha256 for s in recorded], digests, autojunk=False)
    found: list[Finding] = []
    left: list[RecordedSentence] = []
    extra: list[int] = []
    pairs: dict[str, int] = {}
    for kind, r1, r2, c1, c2 in matcher.get_opcodes():
        if kind == "equal":
            found.extend(_renumbered(recorded[r1:r2], present[c1:c2]))
            continue
        left.extend(recorded[r1:r2])
        extra.extend(range(c1, c2))
        pairs.update(zip((s.name for s in recorded[r1:r2]), range(c1, c2), strict=False))
    found.extend(_unmatched(left, extra, pairs, present, digests))
    return sorted(found)


def _digest(sentence: Sentence, known: set[str]) -> str:
    if sentence.sha256 in known:
        return sentence.sha256
    return next((reading for reading in readings(sentence.printed) if reading in known), sentence.sha256)


def _renumbered(recorded: Sequence[RecordedSentence], present: Sequence[Sentence]) -> Iterator[Finding]:
    for old, new in zip(recorded, present, strict=True):
        if old.name != new.name:
            yield _finding(old, "G105", f"r:{old.name} stands as {new.name} in the copy", warning=True)


def _unmatched(
    left: list[RecordedSentence], extra: list[int], pairs: dict[str, int], present: list[Sentence], digests: list[str]
) -> Iterator[Finding]:
    places = {digests[number]: number for number in extra}
    moved = {old.name: places[old.sha256] for old in left if old.sha256 in places}
    taken = set(moved.values())
    for old in left:
        if old.name in moved:
            yield _finding(old, "G103", f"r:{old.name} has moved: it stands as {present[moved[old.name]].name}")
        elif (number := pairs.get(old.name)) is not None and number not in taken:
            taken.add(number)
            yield _finding(old, "G102", f"r:{old.name} reads otherwise in the copy: {_shown(present[number])}")
        else:
            yield _finding(old, "G101", f"r:{old.name} is missing from the copy")
    for number in extra:
        if number not in taken:
            sentence = present[number]
            yield Finding("copy", 0, 0, "G104", f"{sentence.name} is in the copy only: {_shown(sentence)}")


def _shown(sentence: Sentence) -> str:
    return sentence.text if len(sentence.text) <= _SHOWN else sentence.text[:_SHOWN] + "\u2026"


def _finding(old: RecordedSentence, code: str, message: str, *, warning: bool = False) -> Finding:
    return Finding(str(old.path), old.line, 0, code, message, "warning" if warning else "error", old.name)
