"""Works with damaged titles, made by a published noise from the references of a Zotero export.

The references are `citations_385.ris` (infoqualitylab/Empirical-Retraction-Lit). Noise: errors as of character
recognition, the subtitle lost, the title cut, words joined or broken at a line end, the year one off, initials for
forenames, the last author first, a DOI broken at a line wrap, capitals. Every fifth work is taken out of the list,
so that its cases have no right answer; a second edition asks whether a near namesake is taken for it.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from asckg.link.job import Wanted, opened
from asckg.link.record import Record

CONFUSED = {"rn": "m", "m": "rn", "l": "1", "e": "c", "o": "0", "i": "l", "h": "b", "u": "ii", "fi": "ﬁ", "s": "5"}


def load(path: Path) -> list[Record]:
    """Return the references with a title of three words or more."""
    with opened(Wanted(path, parts={"kind": "work"})) as table:
        return [record for record in table.records if len(record.name.split()) > 2]


def misread(text: str, chance: random.Random, share: float) -> str:
    """Return a text in which a share of the letters that a machine confuses are confused."""
    return "".join(CONFUSED[letter] if letter in CONFUSED and chance.random() < share else letter for letter in text)


def _initials(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{last}, {' '.join(word[0] + '.' for word in first.split())}" if comma and first.strip() else name


def _broken(doi: str, chance: random.Random) -> str:
    place = chance.randrange(8, max(9, len(doi) - 1))
    return f"https://doi.org/{doi[:place]} {doi[place:]}"


def _forms(work: Record, chance: random.Random) -> Iterator[tuple[str, Record]]:
    name, bare = work.name, replace(work, identifiers={})
    words = name.split()
    place = chance.randrange(1, len(words))
    yield "as it is, no DOI", bare
    yield "misread, 3 %", replace(bare, name=misread(name, chance, 0.06))
    yield "misread, 8 %", replace(bare, name=misread(name, chance, 0.15))
    if ":" in name:
        yield "subtitle lost", replace(bare, name=name.partition(":")[0])
    yield "cut", replace(bare, name=" ".join(words[: max(3, len(words) * 2 // 3)]) + "…")
    yield (
        "broken at a line end",
        replace(bare, name=" ".join((*words[:place], words[place][:2] + "- " + words[place][2:], *words[place + 1 :]))),
    )
    yield (
        "words joined",
        replace(bare, name=" ".join((*words[: place - 1], words[place - 1] + words[place], *words[place + 1 :]))),
    )
    yield "capitals, no year", replace(bare, name=name.upper(), year=None)
    if work.year:
        yield "year one off", replace(bare, year=work.year + chance.choice((-1, 1)))
        yield "another year", replace(bare, year=work.year - 6)
    if work.authors:
        yield "initials", replace(bare, authors=tuple(map(_initials, work.authors)))
        yield "first author only", replace(bare, authors=work.authors[:1])
        yield "last author first", replace(bare, authors=work.authors[::-1])
        yield "other authors", replace(bare, authors=("Nobody, N.",))


def cases(path: Path, seed: int) -> tuple[list[Record], list[tuple[str, Record, str]]]:
    """Return the works but every fifth, and (noise, damaged row, key of the work or empty) of each."""
    chance = random.Random(seed)  # noqa: S311 - a fixed seed makes the set the same everywhere
    every = [replace(work, key=f"w{number}") for number, work in enumerate(load(path))]
    gone = {work.key for work in every[::5]}
    found = []
    for work in every:
        for noise, damaged in _forms(work, chance):
            key = "" if work.key in gone or noise in {"another year", "other authors"} else work.key
            said = "not in the list" if work.key in gone else noise
            found.append((said, replace(damaged, key=f"row-{len(found)}"), key))
    return [work for work in every if work.key not in gone], found


def broken_identifiers(path: Path, seed: int) -> list[tuple[str, str]]:
    """Return DOIs broken at a line wrap, each with the whole one."""
    chance = random.Random(seed)  # noqa: S311 - as above
    dois = [doi for work in load(path) for doi in work.identifiers.get("doi", ())]
    return [(_broken(doi, chance), doi) for doi in dois]
