"""Precision and recall on labelled affiliation strings, beside simpler methods, on rows nothing was tuned on.

Run: python -m benchmarks.link_quality LABELLED.json RECORDS.jsonl.gz
LABELLED is a list of {affiliation, ror-id} (ror-community/ror-api test data), RECORDS is a ROR dump, one record a line.
Rows whose record is absent must come out as no match. The thresholds were set on the rows whose SHA-256 starts with an
even byte; figures are for the odd ones, with 95 % Wilson intervals. Splink takes part where it is installed; its m is
learnt from the even rows and by expectation maximisation, and whichever does better on the even rows is reported.
"""

import hashlib
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from asckg.link.job import Wanted, opened
from asckg.link.match import Matcher
from asckg.link.nameindex import NameIndex
from asckg.link.record import Record
from asckg.link.text import fold, tokens
from benchmarks import link_splink
from benchmarks.link_case import share
from benchmarks.link_limit import Trial, best_trial

Said = tuple[str, list[str]]
"""A band, and the keys of the candidates, best first."""
Nearest = Callable[[str], list[tuple[float, str]]]
"""What gives the scores and keys of the records nearest to a text."""


class Row(NamedTuple):
    """An affiliation string and the record that it means."""

    text: str
    key: str


def report(name: str, rows: Sequence[Row], said: Sequence[Said], there: set[str], taken: float) -> None:
    """Print a line of figures about one method."""
    pairs = list(zip(rows, said, strict=True))
    accepted = [(row, keys) for row, (band, keys) in pairs if band == "accepted"]
    right = sum(keys[0] == row.key for row, keys in accepted)
    answerable = sum(row.key in there for row in rows)
    queue = [(row, keys) for row, (band, keys) in pairs if band == "review"]
    helped = sum(row.key in keys for row, keys in queue)
    print(
        f"{name:28} precision {share(right, len(accepted))}  recall {share(right, answerable)}  "
        f"with queue {share(right + helped, answerable)}  queue {len(queue) / len(rows):.3f}  {taken:.1f} s"
    )


def ours(index: NameIndex) -> Callable[[Sequence[str]], list[Said]]:
    """Return this project's method."""
    matcher = Matcher(index)

    def run(texts: Sequence[str]) -> list[Said]:
        return [(m.band, [c.record.key for c in m.candidates]) for m in matcher.match(texts)]

    return run


def extracted(records: Sequence[Record]) -> Nearest:
    """Return what gives the ten nearest names of a text by rapidfuzz `extract`: the scores and the records' keys."""
    names = [(fold(name), record.key) for record in records for name in record.names]
    texts_of = [name for name, _ in names]

    @cache
    def nearest(text: str) -> list[tuple[float, str]]:
        best = process.extract(fold(text), texts_of, scorer=fuzz.token_sort_ratio, limit=10)
        return [(score, names[place][1]) for _, score, place in best]

    return nearest


def by_rapidfuzz(nearest: Nearest, limit: float) -> Callable[[Sequence[str]], list[Said]]:
    """Return rapidfuzz `extract` over all names: accepted from `limit` on, review from ten below."""

    def run(texts: Sequence[str]) -> list[Said]:
        found = []
        for text in texts:
            best = nearest(text)
            keys = list(dict.fromkeys(key for _, key in best))
            score = best[0][0]
            found.append(("accepted" if score >= limit else "review" if score >= limit - 10 else "none", keys))
        return found

    return run


def by_ngrams(index: NameIndex, limit: float) -> Callable[[Sequence[str]], list[Said]]:
    """Return the nearest neighbour by TF-IDF of character 3-grams: accepted from `limit`, review from 0.15 below."""

    def run(texts: Sequence[str]) -> list[Said]:
        found = []
        for near in index.grams.nearest([" ".join(tokens(fold(text))) for text in texts], 10, 0.3):
            keys = list(dict.fromkeys(index.records[index.names[place].owner].key for place, _ in near))
            score = near[0][1] if near else 0.0
            found.append(("accepted" if score >= limit else "review" if score >= limit - 0.15 else "none", keys))
        return found

    return run


def splink_line(index: NameIndex, rows: Sequence[Row], kept: Sequence[Row], there: set[str]) -> None:
    """Print the figures of Splink on the kept rows, its model and its limits chosen on the others."""
    left, right = link_splink.of_strings([row.text for row in rows]), link_splink.of_records(index.records)
    number_of = {record.key: number for number, record in enumerate(index.records)}
    setting = [number for number, row in enumerate(rows) if row not in kept]
    pairs = {number: number_of[rows[number].key] for number in setting if rows[number].key in number_of}
    trials = []
    for model in link_splink.MODELS:
        start = time.perf_counter()
        found = link_splink.scores(left, right, pairs, model)
        scored = [link_splink.ranked(found.get(number, {}), index.records) for number in range(len(rows))]
        trials.append(Trial(str(model), scored, time.perf_counter() - start))
    best, accept, said = best_trial(trials, [row.key for row in rows], setting)
    chosen = [(row, found) for row, found in zip(rows, said, strict=True) if row in kept]
    report(f"Splink, {best.name}, {accept:.1f}", *zip(*chosen, strict=True), there=there, taken=best.taken)


def absent(records: Sequence[Record], chance: random.Random) -> str:
    """Return how many of 1,500 records are accepted as another one once they are taken out: needs no labels."""
    taken = {record.key for record in chance.sample([item for item in records if item.status == "active"], 1_500)}
    matcher = Matcher(NameIndex.of([record for record in records if record.key not in taken]))
    gone = [record for record in records if record.key in taken]
    found = matcher.match([record.name for record in gone], [record.country for record in gone])
    accepted = sum(item.band == "accepted" for item in found)
    return f"of 1,500 records taken out, by name and country, {share(accepted, len(gone))} are accepted as another"


def main() -> None:
    """Print the figures of every method on the rows kept for reporting."""
    labelled, dump = (Path(text) for text in sys.argv[1:3])
    rows = [Row(item["affiliation"], item["ror-id"]) for item in json.loads(labelled.read_text("utf-8"))]
    kept = [row for row in rows if hashlib.sha256(row.text.encode()).digest()[0] % 2]
    with opened(Wanted(dump, profile="ror")) as table:
        records = list(table.records)
    there = {record.key for record in records}
    index = NameIndex.of(records)
    nearest = extracted(records)
    methods = {
        "asckg": ours(index),
        "rapidfuzz extract, 95": by_rapidfuzz(nearest, 95),
        "rapidfuzz extract, 90": by_rapidfuzz(nearest, 90),
        "3-gram neighbour, 0.95": by_ngrams(index, 0.95),
        "3-gram neighbour, 0.85": by_ngrams(index, 0.85),
    }
    answerable = sum(row.key in there for row in kept)
    print(f"{len(kept)} rows kept for reporting, {answerable} answerable, {len(records)} records")
    for name, method in methods.items():
        start = time.perf_counter()
        said = method([row.text for row in kept])
        report(name, kept, said, there, time.perf_counter() - start)
    if link_splink.installed():
        splink_line(index, rows, kept, there)
    else:
        print(link_splink.INSTALL)
    print(absent(records, random.Random(2009)))  # noqa: S311 - a fixed seed makes the sample the same everywhere


if __name__ == "__main__":
    main()
