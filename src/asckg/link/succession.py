"""Councils that ended and those that took over: a successor is shown, and never taken for the same council."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from asckg.link.affiliation import is_plain
from asckg.link.council import apart, contradict
from asckg.link.nameindex import NameIndex
from asckg.link.outcome import Option, Outcome
from asckg.link.record import Record
from asckg.link.segment import chunks
from asckg.link.text import fold, tokens

DOUBT = "successor"
_LONG = 7
_LIKE = 0.9
"""The similarity that a successor is shown with: enough for review, never enough to be accepted."""


class Ended(NamedTuple):
    """A council that ended: its name, the date, and the names of those that took over."""

    name: str
    date: str
    successors: tuple[str, ...]


Core = frozenset[str]


@lru_cache(maxsize=1)
def _table() -> dict[Core, list[Ended]]:
    """Return the ended councils by the words of their names without the kind."""
    found: dict[Core, list[Ended]] = {}
    for line in (files(__package__) / "data" / "succession.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, date, successors = line.split("\t")
            found.setdefault(_parts(name)[0], []).append(Ended(name, date, tuple(successors.split("|"))))
    return found


@lru_cache(maxsize=1)
def _spellings() -> dict[str, Core]:
    return {" ".join(sorted(core)): core for core in _table()}


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[Core, Core]:
    """Return the words of a council's name, and those of its kind."""
    words = tokens(fold(name))
    kind = frozenset(word for word in words if word[0] == "~" or word == "council")
    return frozenset(words) - kind, kind


def shortenings(text: str) -> set[str]:
    """Return a text with none or one of its letters left out: two texts a letter apart have one in common."""
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}


@lru_cache(maxsize=1)
def _shortened() -> frozenset[str]:
    return frozenset(short for text in _spellings() for short in shortenings(text))


def _near(core: Core) -> Core:
    """Return the words of the ended council whose name is a letter off, else the words themselves."""
    text = " ".join(sorted(core))
    if core in _table() or len(text) < _LONG or _shortened().isdisjoint(shortenings(text)):
        return core
    best = process.extractOne(text, _spellings().keys(), scorer=OSA.distance, score_cutoff=1)
    return _spellings()[best[0]] if best else core


@lru_cache(maxsize=20_000)
def ended(text: str) -> Ended | None:
    """Return the council that a text names, if it ended and its kind is not another's.

    >>> ended("Northamptonshire CC").successors
    ('North Northamptonshire Council', 'West Northamptonshire Council')
    >>> ended("Northampton University") is None
    True
    """
    plain = is_plain(text)
    for piece in [text] if plain else [name for chunk in chunks(text) for name in chunk.names]:
        core, kind = _parts(piece)
        gone = _table().get(_near(core) if kind else core, ()) if kind or piece == text else ()
        fitting = [item for item in gone if not contradict(set(kind), set(_parts(item.name)[1]))]
        if fitting:
            return min(fitting, key=lambda item: apart(set(kind), set(_parts(item.name)[1])))
    return None


def knows_councils(index: NameIndex) -> bool:
    """Say whether a council that ended, or one that took over, is in an index."""
    ours = {_parts(name.folded) for name in index.names}
    return any(_parts(gone.name) in ours or _named(gone, index) for each in _table().values() for gone in each)


def with_successors(found: Outcome, texts: Iterable[str], index: NameIndex, by_key: dict[str, Record]) -> Outcome:
    """Return the outcome of a row with the successors of what it names, when that has ended.

    The ended thing may be in the index, with keys of its successors, or be known from the table of councils only.
    """
    best = found.best
    if found.band == "accepted" and best and "exact" in best.parts:
        return found
    if best and best.thing.successors and best.thing.status not in {"", "active"} and found.band != "none":
        later = [by_key[key] for key in best.thing.successors if key in by_key]
        return _shown(found, best.thing.name, best.thing.ended, later, first=best)
    gone = next((item for text in texts if (item := ended(text))), None)
    if gone is None or (best and _same(best.thing, texts)):
        return found
    if best and found.band != "none" and _parts(best.thing.name) == _parts(gone.name):
        return _shown(found, gone.name, gone.date, _named(gone, index), first=best)
    return _shown(found, gone.name, gone.date, _named(gone, index))


def _same(thing: Record, texts: Iterable[str]) -> bool:
    """Say whether a thing that has not ended is called by a text just so; a text may leave the kind out."""
    ours = {_parts(name) for name in thing.names}
    said = {_parts(text) for text in texts}
    bare = {core for core, kind in said if kind <= {"council"}}
    return thing.status in {"", "active"} and bool(said & ours or any(core in bare for core, _ in ours))


def _named(gone: Ended, index: NameIndex) -> list[Record]:
    """Return the records of the successors that are in the index, through councils that ended in their turn."""
    found: dict[str, Record] = {}
    for name in gone.successors:
        for place in index.exact.get(fold(name), index.bag.get(tuple(sorted(tokens(fold(name)))), [])):
            record = index.records[index.names[place].owner]
            found[record.key] = record
        after = next((item for item in _table().get(_parts(name)[0], ()) if item.name == name), None)
        if after:
            found |= {record.key: record for record in _named(after, index)}
    return list(found.values())


def _shown(found: Outcome, name: str, date: str, later: Sequence[Record], first: Option | None = None) -> Outcome:
    if not later and first is None:
        return found
    said = f"took over from {name}" + (f", which ended on {date}" if date else "")
    keys = {item.key for item in later}
    new = [Option(item, _LIKE, {"successor": _LIKE}, (DOUBT,), relation=said) for item in later]
    rest = [item for item in found.options if item.thing.key not in keys and item is not first]
    options = (*((first,) if first else ()), *new, *rest)
    names = ", ".join(item.name for item in later) or "none that is here"
    reason = f"{name} ended" + (f" on {date}" if date else "") + f"; successors: {names}"
    return replace(found, band="review", options=options, margin=0.0, reason=reason)
