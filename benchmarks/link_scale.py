"""How long a million rows take: names made up by a published generator, matched to 5,000 entities.

Run: python -m benchmarks.link_scale [rows] [distinct names] [entities] [processes]
The noise: a third of the names are unrelated; the rest are an entity's name with one of: nothing, upper case, a letter
lost, a letter doubled, two letters swapped, a common word abbreviated, a word lost, the town or the country
added.
"""

import csv
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from asckg.corpus import Corpus
from asckg.link.job import Wanted, opened
from asckg.link.keep import against_of, run_match
from asckg.link.pool import processors
from asckg.link.record import Record

ONSETS = "bcdfghklmnprstvw"
VOWELS = ("a", "ai", "e", "ea", "i", "o", "oo", "ou", "u", "y")
ENDS = (
    "ck",
    "ford",
    "ham",
    "ley",
    "lton",
    "minster",
    "nd",
    "ng",
    "rd",
    "sby",
    "ston",
    "thorpe",
    "ton",
    "wick",
    "worth",
)
KINDS = (
    "University of {}", "{} Council", "{} University", "{} Borough Council", "{} County Council", "{} NHS Trust",
    "{} Care Home", "{} Foundation", "Royal {} Hospital", "{} College", "{} Institute of Technology", "{} Charity",
)  # fmt: skip
SHORT = {"University": "Univ.", "Council": "Cncl", "Hospital": "Hosp.", "Institute": "Inst.", "Foundation": "Fdn"}


def town(chance: random.Random) -> str:
    """Return a made-up town."""
    middle = chance.choice(ONSETS) + chance.choice(VOWELS) if chance.random() < 0.7 else ""
    return (chance.choice(ONSETS) + chance.choice(VOWELS) + middle + chance.choice(ENDS)).capitalize()


def organisation(chance: random.Random) -> str:
    """Return a made-up organisation."""
    place = town(chance) if chance.random() < 0.6 else f"{town(chance)} and {town(chance)}"
    return chance.choice(KINDS).format(place)


def noisy(name: str, chance: random.Random) -> str:
    """Return the name as people write it."""
    place = chance.randrange(1, len(name) - 1)
    words = name.split()
    return chance.choice(
        (
            lambda: name,
            name.upper,
            lambda: name[:place] + name[place + 1 :],
            lambda: name[:place] + name[place] + name[place:],
            lambda: name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
            lambda: " ".join(SHORT.get(word, word) for word in words),
            lambda: " ".join(words[:-1]) if len(words) > 2 else name,
            lambda: f"{name}, {town(chance)}",
            lambda: f"{name}, United Kingdom",
        )
    )()


def rows(count: int, distinct: int, names: list[str], chance: random.Random) -> Iterator[Record]:
    """Yield `count` rows with about `distinct` different names."""
    pool = (
        noisy(chance.choice(names), chance) if chance.random() < 2 / 3 else organisation(chance)
        for _ in range(distinct)
    )
    kept: list[str] = []
    for number in range(count):
        if number < distinct:
            kept.append(next(pool))
            text = kept[-1]
        else:
            text = chance.choice(kept)
        yield Record(f"row-{number}", text, country="GB")


def write(path: Path, names: Iterable[str]) -> Path:
    """Write a table of numbered names and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "name", "country"])
        table.writerows([f"row-{number}", name, "GB"] for number, name in enumerate(names))
    return path


def used(who: int) -> float:
    """Return the seconds of processor time of this process or of those it has ended."""
    found = resource.getrusage(who)
    return found.ru_utime + found.ru_stime


def main() -> None:
    """Print what a run took, from the table on disk to the report on disk."""
    texts = (*sys.argv[1:], *("1000000", "100000", "5000", str(processors()))[len(sys.argv) - 1 :])
    count, distinct, size, processes = map(int, texts)
    chance = random.Random(2023)  # noqa: S311 - a fixed seed makes the table the same everywhere
    names = [organisation(chance) for _ in range(size)]
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        entities = write(folder / "entities.csv", names)
        path = write(folder / "rows.csv", (row.name for row in rows(count, distinct, names, chance)))
        start, before = time.perf_counter(), used(resource.RUSAGE_SELF)
        linker = against_of(Corpus.open(), entities, "rows", processes=processes)
        with opened(Wanted(path)) as table, (folder / "report.csv").open("w", encoding="utf-8") as out:
            lines = run_match(linker, table, "rows", today="2026-01-01", out=out)
        taken, mine = time.perf_counter() - start, used(resource.RUSAGE_SELF) - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + processes * (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if processes > 1 else 0
    )
    print(f"{count} rows, {distinct} distinct, {size} entities, {processes} processes: {taken:.1f} s")
    print(f"processor: {mine:.1f} s to read and write, {used(resource.RUSAGE_CHILDREN):.1f} s in the others")
    print(f"at most {peak / 1024:.0f} MiB in all; load {os.getloadavg()[0]:.1f}")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
