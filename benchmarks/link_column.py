"""Rows with several independent columns (name, town, country, type), made by a published noise from a ROR dump (CC0).

Run: python -m benchmarks.link_column RECORDS.jsonl.gz
Figures are for half of the organisations, by the SHA-256 of their key; on the other half Splink learns m, and its model
and limits are chosen.

As many rows as there are, up to half, are of organisations whose name others bear too: there columns tell most.
Noise on the name: nothing, another name of it, a letter lost, two letters swapped,
a word of kind shortened, a word lost, capitals, the
town added. Noise on the columns: a town is left out in two rows of ten, misspelt in one and replaced by the region in
one; a country is left out in two, a type in two and wrong in one. Every fifth organisation is taken out of the list.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from asckg.link.job import Wanted, opened
from asckg.link.linker import Linker
from asckg.link.record import Record
from asckg.link.text import fold
from benchmarks import link_splink
from benchmarks.link_case import Case, Said, figures, kept
from benchmarks.link_limit import Trial, best_trial

SHORT = {
    "University": "Univ.", "Institute": "Inst.", "Hospital": "Hosp.", "Department": "Dept.", "National": "Natl.",
    "Foundation": "Fdn.", "Association": "Assoc.", "Centre": "Ctr.", "Center": "Ctr", "Laboratory": "Lab.",
    "Research": "Res.", "Technology": "Tech.", "International": "Int.", "and": "&",
}  # fmt: skip
SEED, COUNT = 2009, 4_000
NAMES = ("nothing", "other name", "letter lost", "letters swapped", "shortened", "word lost", "capitals", "town added")


def load(path: Path) -> list[Record]:
    """Return the active records of a dump."""
    with opened(Wanted(path, profile="ror")) as table:
        return [record for record in table.records if record.status == "active"]


def _lost(text: str, chance: random.Random) -> str:
    place = chance.randrange(1, max(2, len(text) - 1))
    return text[:place] + text[place + 1 :]


def _swapped(text: str, chance: random.Random) -> str:
    place = chance.randrange(1, max(2, len(text) - 2))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def _name(record: Record, noise: str, chance: random.Random) -> str:
    name, words = record.name, record.name.split()
    return {
        "nothing": lambda: name,
        "other name": lambda: chance.choice(record.aliases) if record.aliases else name,
        "letter lost": lambda: _lost(name, chance),
        "letters swapped": lambda: _swapped(name, chance),
        "shortened": lambda: " ".join(SHORT.get(word, word) for word in words),
        "word lost": lambda: " ".join(words[:-1]) if len(words) > 2 else name,
        "capitals": name.upper,
        "town added": lambda: f"{name}, {record.places[0]}",
    }[noise]()


def _row(number: int, record: Record, kinds: Sequence[str], chance: random.Random) -> tuple[str, Record]:
    noise = chance.choice(NAMES)
    town, luck = record.places[0], chance.random()
    town = "" if luck < 0.2 else _lost(town, chance) if luck < 0.3 else record.places[-1] if luck < 0.4 else town
    kind, luck = next(iter(record.types), ""), chance.random()
    kind = "" if luck < 0.2 else chance.choice(kinds) if luck < 0.3 else kind
    country = "" if chance.random() < 0.2 else record.country
    places, types = (town,) if town else (), (kind,) if kind else ()
    return noise, Record(f"row-{number}", _name(record, noise, chance), country=country, places=places, types=types)


def _chosen(records: Sequence[Record], count: int, chance: random.Random) -> Iterator[Record]:
    placed = [record for record in records if record.places]
    shared = Counter(fold(record.name) for record in placed)
    namesakes = [record for record in placed if shared[fold(record.name)] > 1]
    yield from chance.sample(namesakes, min(len(namesakes), count // 2))
    yield from chance.sample([record for record in placed if shared[fold(record.name)] == 1], count - count // 2)


def cases(path: Path, seed: int, count: int) -> tuple[list[Record], list[tuple[str, Record, str]]]:
    """Return the records but a fifth of those asked about, and (noise, row, key of the record or empty) of each."""
    chance = random.Random(seed)  # noqa: S311 - a fixed seed makes the set the same everywhere
    records = load(path)
    chosen = list(_chosen(records, count, chance))
    chance.shuffle(chosen)
    gone = {record.key for record in chosen[::5]}
    kinds = sorted({kind for record in records for kind in record.types})
    found = []
    for number, record in enumerate(chosen):
        noise, row = _row(number, record, kinds, chance)
        absent = record.key in gone
        found.append(("not in the list" if absent else noise, row, "" if absent else record.key))
    return [replace(record, fields={}) for record in records if record.key not in gone], found


def ours(records: Sequence[Record], rows: Sequence[Record]) -> list[Said]:
    """Return what the linker says about each row."""
    return [Said(found.band, [item.thing.key for item in found.options]) for found in Linker(records).run(rows)]


MODELS = tuple(
    link_splink.Model(columns, labelled)
    for columns in (("name", "country", "places", "kind"), ("name", "rarest", "country", "places", "kind"))
    for labelled in (True, False)
)
"""The set-ups of Splink that are tried."""


def by_splink(records: Sequence[Record], rows: Sequence[Record], cases: Sequence[Case]) -> tuple[str, list[Said]]:
    """Return how Splink was set up and what it says; all is learnt and chosen on the cases that are not kept."""
    left, right = link_splink.of_rows(rows), link_splink.of_records(records)
    number_of = {record.key: number for number, record in enumerate(records)}
    reported = set(kept(cases, "column"))
    setting = [number for number, case in enumerate(cases) if case not in reported]
    pairs = {number: number_of[cases[number].key] for number in setting if cases[number].key}
    trials = []
    for model in MODELS:
        start = time.perf_counter()
        found = link_splink.scores(left, right, pairs, model)
        scored = [link_splink.ranked(found.get(number, {}), records) for number in range(len(rows))]
        trials.append(Trial(str(model), scored, time.perf_counter() - start))
    best, accept, said = best_trial(trials, [case.key for case in cases], setting)
    return f"Splink, {best.name}, from {accept:.1f}", said


def main() -> None:
    """Print the figures of asckg, with fewer and with all columns, and of Splink."""
    records, made = cases(Path(sys.argv[1]), SEED, COUNT)
    rows = [row for _, row, _ in made]
    every = [Case(noise, row.key, key) for noise, row, key in made]
    said = {
        "asckg, names only": ours(records, [replace(row, country="", places=()) for row in rows]),
        "asckg, names and country": ours(records, [replace(row, places=()) for row in rows]),
        "asckg, all columns it reads": ours(records, rows),
    }
    if link_splink.installed():
        name, found = by_splink(records, rows, every)
        said[name] = found
    else:
        print(link_splink.INSTALL)
    reported = set(kept(every, "column")) if "--setting" not in sys.argv else set(every) - set(kept(every, "column"))
    places = [place for place, case in enumerate(every) if case in reported]
    print(f"{len(places)} rows with columns of their own, against {len(records)} records")
    for name, found in said.items():
        print(figures([every[place] for place in places], [found[place] for place in places]), name)


if __name__ == "__main__":
    main()
