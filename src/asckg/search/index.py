"""The label index: every thing's name, kind and aliases in one SQLite file that answers as you type."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from asckg.search.fuzzy import Vocabulary
from asckg.search.word import fold, singular, words

SCHEMA = """
CREATE TABLE thing (place INTEGER PRIMARY KEY, iri TEXT UNIQUE, label TEXT, kind TEXT, weight INTEGER, shown INTEGER);
CREATE TABLE alias (place INTEGER, text TEXT, folded TEXT);
CREATE INDEX alias_folded ON alias(folded);
CREATE TABLE initial (folded TEXT, place INTEGER);
CREATE INDEX initial_folded ON initial(folded, place);
CREATE INDEX alias_place ON alias(place);
CREATE INDEX thing_kind ON thing(kind, place);
CREATE VIRTUAL TABLE name USING fts5(text, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(name, row);
"""

FILE = "label-2.sqlite"  # the number rises with the schema: a build may be older than the software that opens it
FEW, KEPT = 3, 100_000


@dataclass(frozen=True)
class Entry:
    """One thing to be indexed: `aliases` are further names it is found by, `weight` orders the hits.

    `initials` find it too when they are typed whole, though nobody printed them.
    """

    iri: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()
    weight: int = 0
    shown: bool = True
    initials: str = ""


@dataclass(frozen=True)
class Hit:
    """One found thing; `matched` is the alias that was hit when it is not the label."""

    iri: str
    label: str
    kind: str
    matched: str = ""


class LabelIndex:
    """Labels by address and addresses by label, over one SQLite database; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._vocabulary: Vocabulary | None = None
        self._kept: dict[str, Hit] = {}

    def label(self, iri: str) -> str:
        """Return the label of a thing, or an empty string when the index does not know it."""
        found = self._one("SELECT label FROM thing WHERE iri = ?", iri)
        return found[0] if found else ""

    def kind(self, iri: str) -> str:
        """Return the kind of a thing, `thing` when the index does not know it."""
        found = self._one("SELECT kind FROM thing WHERE iri = ?", iri)
        return found[0] if found else "thing"

    def look_up(self, iris: Iterable[str]) -> Mapping[str, Hit]:
        """Label and kind for each of these addresses that the index knows."""
        asked = dict.fromkeys(iris)
        found = {iri: self._kept[iri] for iri in asked if iri in self._kept}
        wanted = [iri for iri in asked if iri not in found]
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            query = f"SELECT iri, label, kind FROM thing WHERE iri IN ({marks})"  # noqa: S608  # only question marks
            found.update((row[0], Hit(*row)) for row in self._rows(query, *part))
        if len(self._kept) > KEPT:
            self._kept = {}
        self._kept.update(found)
        return found

    def counts(self) -> Mapping[str, int]:
        """How many things there are of each kind."""
        return dict(self._rows("SELECT kind, COUNT(*) FROM thing GROUP BY kind"))

    def of_kind(self, kind: str, limit: int = 500, offset: int = 0) -> list[Hit]:
        """Things of one kind, the most linked first."""
        query = "SELECT iri, label, kind FROM thing WHERE kind = ? ORDER BY place LIMIT ? OFFSET ?"
        return [Hit(*row) for row in self._rows(query, kind, limit, offset)]

    def search(self, text: str, kinds: Sequence[str] = (), limit: int = 20) -> list[Hit]:
        """Things whose label, alias, acronym or paraphrase has words that begin like those typed, best first.

        An exact name or acronym comes first, then a name with these initials, then whole words, then beginnings.
        Where too little is found, each typed word is read as the nearest words of the index.
        """
        typed = words(text)
        if not typed:
            return []
        hits: dict[str, Hit] = {}
        for hit in self._exact(text, typed):
            hits.setdefault(hit.iri, hit)
        room = limit * (20 if kinds else 3)
        for pattern in (_pattern(typed, ""), _pattern(typed, "*")):
            if len(hits) < limit or kinds:
                hits = self._also(hits, pattern, typed, room)
        asked = [[word] for word in typed]
        for known, enough in ((False, FEW), (True, 1)):
            readings = self.vocabulary.readings(typed, known=known) if len(hits) < enough else asked
            if readings != asked:
                hits = self._also(hits, _either(readings), [one[0] for one in readings], room)
                asked = readings
        return [hit for hit in hits.values() if not kinds or hit.kind in kinds][:limit]

    def _also(self, hits: Mapping[str, Hit], pattern: str, typed: Sequence[str], room: int) -> dict[str, Hit]:
        """Return the hits with those of a pattern behind them."""
        found = {hit.iri: hit for hit in self._matching(pattern, typed, room) if hit.iri not in hits}
        return {**hits, **found}

    @property
    def vocabulary(self) -> Vocabulary:
        """The distinct words of the index, read once."""
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(self._rows("SELECT term, doc FROM vocabulary WHERE length(term) > 2"))
        return self._vocabulary

    def _exact(self, text: str, typed: Sequence[str]) -> Iterator[Hit]:
        query = (
            "SELECT t.iri, t.label, t.kind, a.text FROM alias a JOIN thing t USING (place) "
            "WHERE a.folded = ? AND t.shown ORDER BY t.place LIMIT 10"
        )
        for iri, label, kind, matched in self._rows(query, fold(text)):
            yield Hit(iri, label, kind, "" if matched == label else matched)
        if len(typed) == 1:
            yield from self._by_initials(typed[0])

    def _by_initials(self, word: str) -> Iterator[Hit]:
        query = (
            "SELECT t.iri, t.label, t.kind, i.folded FROM initial i JOIN thing t USING (place) "
            "WHERE i.folded IN (?, ?) AND t.shown ORDER BY t.place LIMIT 10"
        )
        for iri, label, kind, short in self._rows(query, word, singular(word)):
            yield Hit(iri, label, kind, f"{short.upper()}, its initials")

    def _matching(self, pattern: str, typed: Sequence[str], room: int) -> Iterator[Hit]:
        query = (
            "SELECT t.iri, t.label, t.kind, t.place FROM name JOIN thing t ON t.place = name.rowid "
            "WHERE name MATCH ? ORDER BY name.rowid LIMIT ?"
        )
        for iri, label, kind, place in self._rows(query, pattern, room):
            yield Hit(iri, label, kind, self._matched(place, label, typed))

    def _matched(self, place: int, label: str, typed: Sequence[str]) -> str:
        folded = fold(label)
        if all(word in folded for word in typed):
            return ""
        rows = self._rows("SELECT text, folded FROM alias WHERE place = ?", place)
        return next((text for text, alias in rows if all(word in alias for word in typed)), "")

    def _one(self, query: str, *values: object) -> tuple[str, ...] | None:
        row: tuple[str, ...] | None = self._connection().execute(query, values).fetchone()
        return row

    def _rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]  # a row's types are the query's
        return self._connection().execute(query, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.connection = connection
        return connection


def _pattern(typed: Sequence[str], end: str) -> str:
    return " ".join(f'"{word}"{end}' for word in typed)


def _either(readings: Sequence[Sequence[str]]) -> str:
    return " AND ".join("(" + " OR ".join(f'"{word}"*' for word in one) + ")" for one in readings)


def write(path: Path, entries: Iterable[Entry]) -> LabelIndex:
    """Write the index of these entries at `path`, whole or not at all, and open it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        _fill(beside, entries)
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return LabelIndex(path)


def _fill(path: Path, entries: Iterable[Entry]) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(SCHEMA)
        for place, entry in enumerate(sorted(entries, key=lambda e: (-e.weight, len(e.label), e.label, e.iri)), 1):
            _insert(connection, place, entry)
        connection.execute("INSERT INTO name(name) VALUES ('optimize')")
        connection.commit()
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, place: int, entry: Entry) -> None:
    row = (place, entry.iri, entry.label, entry.kind, entry.weight, int(entry.shown))
    connection.execute("INSERT OR IGNORE INTO thing VALUES (?, ?, ?, ?, ?, ?)", row)
    names = list(dict.fromkeys([entry.label, *entry.aliases]))
    if entry.shown and entry.initials:
        connection.execute("INSERT INTO initial VALUES (?, ?)", (entry.initials, place))
    if entry.shown:
        connection.executemany("INSERT INTO alias VALUES (?, ?, ?)", [(place, name, fold(name)) for name in names])
        connection.execute("INSERT INTO name(rowid, text) VALUES (?, ?)", (place, " \n".join(names)))
