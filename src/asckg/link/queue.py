"""The queue of suggested links: what waits, in order of value; decisions written at once; undo; two reviewers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock

from asckg.error import AsckgError
from asckg.link.decision import Decision, dump, read, read_sound
from asckg.whole import write

_JOURNAL = ".review.jsonl"
Pair = tuple[str, str]


class Queue:
    """The decisions of a folder, changed one at a time under a lock, so that two reviewers lose nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def waiting(self) -> list[Decision]:
        """Return the suggested links, those of most value first: likeliest, then most often suggested."""
        found = [item for _, item in self._all() if item.state == "suggested"]
        return sorted(found, key=lambda item: (-_likely(item.similarity_score), item.subject_id, item.object_id))

    def progress(self) -> tuple[int, int]:
        """Return how many links are decided and how many wait."""
        states = [item.state for _, item in self._all()]
        return sum(state != "suggested" for state in states), states.count("suggested")

    def find(self, pair: Pair) -> Decision | None:
        """Return the decision about a pair."""
        return next((item for _, item in self._all() if item.pair == pair), None)

    def decide(self, pair: Pair, state: str, who: str, when: str, why: str = "", confidence: str = "") -> Decision:
        """Keep a decision about a pair and return it; the journal keeps who said what, in order.

        Where another reviewer said otherwise the link becomes unsure, until one of the two gives way.
        """
        with self._lock():
            path, old = self._row(pair)
            others = {note["who"]: note["state"] for note in self._notes() if tuple(note["pair"]) == tuple(pair)}
            agreed = all(said == state for name, said in others.items() if name != who)
            new = old.decided(state if agreed else "unsure", who, when, why, confidence)
            self._replace(path, pair, new)
            self._note({"pair": pair, "state": state, "who": who, "when": when, "why": why, "before": _cells(old)})
            return new

    def decide_same_name(self, pair: Pair, state: str, who: str, when: str, why: str = "") -> list[Decision]:
        """Keep one decision for all waiting links of the same subject whose rows bear the same name."""
        chosen = self.find(pair)
        if chosen is None:
            raise AsckgError(f"nothing is known of {pair[0]} and {pair[1]}")
        same = (chosen.subject_id, chosen.object_label.casefold())
        pairs = [item.pair for item in self.waiting() if (item.subject_id, item.object_label.casefold()) == same]
        return [self.decide(each, state, who, when, why) for each in pairs]

    def undo(self, who: str = "") -> Decision | None:
        """Take back the last decision (of a reviewer, when named) and return the row as it was before."""
        with self._lock():
            notes = self._notes()
            place = next((n for n in range(len(notes) - 1, -1, -1) if not who or notes[n]["who"] == who), None)
            if place is None:
                return None
            note = notes.pop(place)
            before = Decision(**note["before"])
            self._replace(self._row(before.pair)[0], before.pair, before)
            text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in notes)
            write(self.folder / _JOURNAL, text, parents=True)
            return before

    def disagreements(self) -> list[tuple[Pair, dict[str, str]]]:
        """Return the pairs on which reviewers said different things, with what each said last."""
        said: dict[Pair, dict[str, str]] = {}
        for note in self._notes():
            said.setdefault(tuple(note["pair"]), {})[note["who"]] = note["state"]
        return [(pair, who) for pair, who in said.items() if len(set(who.values())) > 1]

    def for_second(self, who: str) -> list[Decision]:
        """Return the links that others have judged and this reviewer has not."""
        mine = self.said_by(who)
        judged = {tuple(note["pair"]) for note in self._notes() if note["who"] != who} - mine
        return [item for _, item in self._all() if item.pair in judged]

    def alike(self, pair: Pair) -> list[Decision]:
        """Return the other links of the same thing, and those of the same row: every candidate there is."""
        return [
            item
            for _, item in self._all()
            if item.pair != tuple(pair) and (item.subject_id == pair[0] or item.object_id == pair[1])
        ]

    def all(self) -> list[Decision]:
        """Return every row."""
        return [item for _, item in self._all()]

    def said_by(self, who: str) -> set[Pair]:
        """Return the pairs that a reviewer has judged."""
        return {tuple(note["pair"]) for note in self._notes() if note["who"] == who}

    def _all(self) -> Iterator[tuple[Path, Decision]]:
        for path in sorted(self.folder.glob("*.sssom.tsv")):
            for _, item in read(path)[0]:
                yield path, item

    def _row(self, pair: Pair) -> tuple[Path, Decision]:
        for path, item in self._all():
            if item.pair == tuple(pair):
                return path, item
        raise AsckgError(f"nothing is known of {pair[0]} and {pair[1]}; it was removed since")

    def _replace(self, path: Path, pair: Pair, new: Decision) -> None:
        name, title, licence = header_of(path)
        kept = [new if item.pair == tuple(pair) else item for item in read_sound(path)]
        write(path, dump(kept, name, title, licence), parents=True)

    def _notes(self) -> list[dict[str, Any]]:
        path = self.folder / _JOURNAL
        lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
        return [note for line in lines if (note := _note_of(line)) is not None]

    def _note(self, note: dict[str, object]) -> None:
        """Add a line to the journal; one that a crash cut short is ended first, so that it takes no other with it."""
        path = self.folder / _JOURNAL
        torn = path.is_file() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8") as file:
            file.write(("\n" if torn else "") + json.dumps(note, ensure_ascii=False) + "\n")

    def _lock(self) -> FileLock:
        return lock_of(self.folder)


def lock_of(folder: Path) -> FileLock:
    """Return the lock that whoever changes decision files of a folder holds meanwhile."""
    return FileLock(folder / ".lock")


def _note_of(line: str) -> dict[str, Any] | None:
    """Return a line of the journal; None for one that is cut short or is no note."""
    try:
        found = json.loads(line)
    except json.JSONDecodeError:
        return None
    return found if isinstance(found, dict) and {"pair", "who", "state", "before"} <= found.keys() else None


def _likely(text: str) -> float:
    """Return a similarity as a number; 0 for what a hand edit made no number of."""
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _cells(item: Decision) -> dict[str, str]:
    return {name: getattr(item, name) for name in item.__slots__}


def header_of(path: Path) -> tuple[str, str, str]:
    """Return name, title and licence of a decision file."""
    found = {"mapping_set_title": path.name, "license": ""}
    for line in path.read_text("utf-8").splitlines():
        key, colon, value = line.removeprefix("# ").partition(": ")
        if line.startswith("#") and colon and key in found:
            found[key] = value
    return path.name.removesuffix(".sssom.tsv"), found["mapping_set_title"], found["license"]
