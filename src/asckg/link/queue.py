"""The queue of suggested links: what waits, in order of value; decisions written at once; undo; two reviewers."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
        self._known: dict[Path, tuple[tuple[int, int], list[Decision]]] = {}

    def waiting(self) -> list[Decision]:
        """Return the suggested links, those of most value first, all candidates of a row together.

        The value is how likely the link is, times the rows of that name. What a row equals already is left out.
        """
        every = self.all()
        found = _open(every)
        named = [(_name(item), _likely(item.similarity_score), item) for item in found]
        rows = Counter((item.subject_id, name) for name, _, item in named)
        value: dict[str, float] = {}
        for name, likely, item in named:
            value[name] = max(value.get(name, 0.0), likely * rows[item.subject_id, name])
        named.sort(key=lambda one: (-value[one[0]], one[0], one[2].object_id, -one[1], one[2].subject_id))
        return [item for *_, item in named]

    def unsure(self) -> list[Decision]:
        """Return the links that were left unsure, or on which reviewers differ."""
        return [item for item in self.all() if item.state == "unsure"]

    def progress(self) -> tuple[int, int]:
        """Return how many links are decided and how many wait."""
        every = self.all()
        return sum(item.state != "suggested" for item in every), len(_open(every))

    def find(self, pair: Pair) -> Decision | None:
        """Return the decision about a pair."""
        return next((item for _, item in self._all() if item.pair == pair), None)

    def decide(self, pair: Pair, state: str, who: str, when: str, why: str = "", confidence: str = "") -> Decision:
        """Keep a decision about a pair and return it; the journal keeps who said what, in order.

        Where another reviewer said otherwise the link becomes unsure, until one of the two gives way.
        """
        with self._lock():
            return self._decided([pair], state, who, when, why, confidence)[0]

    def decide_same_name(self, pair: Pair, state: str, who: str, when: str, why: str = "") -> list[Decision]:
        """Keep one decision for all waiting links of the same subject whose rows bear the same name."""
        with self._lock():
            chosen = self.find(pair)
            if chosen is None:
                raise AsckgError(f"nothing is known of {pair[0]} and {pair[1]}")
            same = (chosen.subject_id, _name(chosen))
            pairs = [item.pair for item in self.waiting() if (item.subject_id, _name(item)) == same]
            return self._decided(pairs or [pair], state, who, when, why)

    def _decided(
        self, pairs: Sequence[Pair], state: str, who: str, when: str, why: str, confidence: str = ""
    ) -> list[Decision]:
        """Keep the decision for each pair: a file is written once, then the journal."""
        rows = {item.pair: (path, item) for path, item in self._all()}
        said: dict[Pair, dict[str, str]] = {}
        notes = self._notes()
        for note in notes:
            said.setdefault(tuple(note["pair"]), {})[note["who"]] = note["state"]
        new: dict[Path, dict[Pair, Decision]] = {}
        done, fresh = [], []
        for pair in map(tuple, pairs):
            if pair not in rows:
                raise AsckgError(f"nothing is known of {pair[0]} and {pair[1]}; it was removed since")
            path, old = rows[pair]
            agreed = all(theirs == state for name, theirs in said.get(pair, {}).items() if name != who)
            done.append(old.decided(state if agreed else "unsure", who, when, why, confidence))
            new.setdefault(path, {})[pair] = done[-1]
            fresh.append({"pair": pair, "state": state, "who": who, "when": when, "why": why, "before": _cells(old)})
        for path, changed in new.items():
            self._replace(path, changed)
        batch = 1 + max((note.get("batch", 0) for note in notes), default=0)
        self._note([{**note, "batch": batch} for note in fresh])
        return done

    def undo(self, who: str = "") -> Decision | None:
        """Take back the last decision (of a reviewer, when named), all rows of it; return a row as it was before."""
        with self._lock():
            notes = self._notes()
            last = next((note for note in reversed(notes) if not who or note["who"] == who), None)
            if last is None:
                return None
            batch = [note for note in notes if note is last or ("batch" in note and note["batch"] == last.get("batch"))]
            undone = set(map(id, batch))
            before = {item.pair: item for item in (Decision(**note["before"]) for note in batch)}
            changed: dict[Path, dict[Pair, Decision]] = {}
            for path, item in self._all():
                if item.pair in before:
                    changed.setdefault(path, {})[item.pair] = before[item.pair]
            for path, items in changed.items():
                self._replace(path, items)
            text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in notes if id(item) not in undone)
            write(self.folder / _JOURNAL, text, parents=True)
            return next(iter(before.values()))

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

    def senseless(self) -> int:
        """Return how many rows are left out, since a hand edit made nonsense of them."""
        found = [read(path) for path in sorted(self.folder.glob("*.sssom.tsv"))]
        return sum(len(wrong) + sum(not item.makes_sense for _, item in rows) for rows, wrong in found)

    def _all(self) -> Iterator[tuple[Path, Decision]]:
        for path in sorted(self.folder.glob("*.sssom.tsv")):
            for item in self._rows(path):
                yield path, item

    def _rows(self, path: Path) -> list[Decision]:
        """Return the rows of a file that make sense; it is read again only when it has changed."""
        about = path.stat()
        mark = (about.st_mtime_ns, about.st_size)
        if self._known.get(path, ((0, 0), []))[0] != mark:
            self._known[path] = (mark, [item for _, item in read(path)[0] if item.makes_sense])
        return self._known[path][1]

    def _replace(self, path: Path, new: Mapping[Pair, Decision]) -> None:
        name, title, licence = header_of(path)
        kept = [new.get(item.pair, item) for item in read_sound(path)]
        write(path, dump(kept, name, title, licence), parents=True)

    def _notes(self) -> list[dict[str, Any]]:
        path = self.folder / _JOURNAL
        lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
        return [note for line in lines if (note := _note_of(line)) is not None]

    def _note(self, notes: Sequence[Mapping[str, object]]) -> None:
        """Add lines to the journal; one that a crash cut short is ended first, so that it takes no other with it."""
        path = self.folder / _JOURNAL
        torn = path.is_file() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8") as file:
            lines = "".join(json.dumps(note, ensure_ascii=False) + "\n" for note in notes)
            file.write(("\n" if torn else "") + lines)

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


def _open(every: Sequence[Decision]) -> list[Decision]:
    """Return the suggestions whose row is not known to equal another thing."""
    equal = {item.object_id for item in every if item.state == "accepted" and item.predicate_id == "skos:exactMatch"}
    return [item for item in every if item.state == "suggested" and item.object_id not in equal]


def _name(item: Decision) -> str:
    return item.object_label.casefold() or item.object_id


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
