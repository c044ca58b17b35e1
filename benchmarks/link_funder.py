"""Funders as acknowledgements name them, made by a published noise from the funders of a ROR dump (CC0).

A funder is a record of type `funder` or with a Crossref funder id. Noise: text before and behind it, award numbers
inside, its acronym in brackets or alone, its country or town, a programme, a second funder, a letter lost.
Every fifth funder is taken out of the records, so that its cases have no right answer.
"""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

from asckg.link.record import Record
from asckg.link.ror import ror_record
from benchmarks.link_case import Case

BEFORE = (
    "Funded by the {}", "This work was supported by the {}.", "This study was funded by {}",
    "Supported by a grant from the {}", "The authors gratefully acknowledge financial support from the {}.",
    "This research received funding from {}",
    "This project has received funding from the {} under grant agreement No 101052340",
    "We thank the {} for funding this research", "Grant sponsor: {}", "Funding: {}",
    "Financial support by {} is acknowledged",
)  # fmt: skip
NUMBERED = (
    "{} (grant number {})", "{} (Grant No. {})", "{}, award {}", "{} [{}]", "{} under Grant {}", "{} - Ref: {}",
    "{} project {}", "Grant {} from the {}", "{}: {}",
)  # fmt: skip
NUMBERS = (
    "NIHR131345", "ES/P009255/1", "BB/R012345/2", "MR/T001234/1", "2019-04567", "UL1 TR001863", "PTDC/MED/31444/2017",
    "61871234", "JP18K07456", "DFG-SFB 1280",
)  # fmt: skip


def load(path: Path) -> list[Record]:
    """Return the active funders of a dump."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = ror_record(json.loads(line))
            if record.status == "active" and ("funder" in record.types or "fundref" in record.identifiers):
                found.append(record)
    return found


def _forms(record: Record, other: Record, chance: random.Random) -> Iterator[tuple[str, str]]:
    name, number = record.name, chance.choice(NUMBERS)
    bare = name.removeprefix("The ")
    yield "text before", chance.choice(BEFORE).format(bare)
    frame = chance.choice(NUMBERED)
    yield "award number", frame.format(number, bare) if frame.startswith("Grant") else frame.format(bare, number)
    yield "text and number", chance.choice(BEFORE[:4]).format(f"{bare} ({number})")
    if record.acronyms:
        short = record.acronyms[0]
        yield "acronym in brackets", f"{name} ({short})"
        yield "acronym in brackets, number", f"{name} ({short}) {number}"
        yield "acronym before", f"{short} - {name}"
        yield "acronym alone", short
    if record.places:
        yield "town", f"{name}, {record.places[0]}"
    if record.aliases:
        yield "other name", chance.choice(record.aliases)
    yield "two funders", f"{name}; {other.name}"
    place = chance.randrange(2, max(3, len(name) - 2))
    yield "letter lost", name[:place] + name[place + 1 :]
    yield "capitals", name.upper()


def cases(path: Path, seed: int, count: int) -> tuple[list[Record], list[Case]]:
    """Return the funders but a fifth of those asked about, and the cases of `count` funders."""
    chance = random.Random(seed)  # noqa: S311 - a fixed seed makes the set the same everywhere
    records = load(path)
    asked = chance.sample(records, count)
    gone = {record.key for record in asked[::5]}
    found = []
    for place, record in enumerate(asked):
        other = asked[place - 1]
        for noise, text in _forms(record, other, chance):
            key = "" if record.key in gone else record.key
            found.append(Case("not in the list" if not key else noise, text, key))
    return [record for record in records if record.key not in gone], found
