"""UK council names as people write them: made from a register by a published noise, each with the code it means.

The register is `mysociety_uk_local_authorities_future.csv` (mysociety/uk_local_authority_names_and_codes, MIT, data
under the Open Government Licence). Names that two councils share once the kind of council is dropped are marked
ambiguous: whoever accepts one without being told is wrong.
"""

import csv
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from asckg.link.job import Wanted, opened
from asckg.link.record import Record
from benchmarks.link_case import Case

_KIND = re.compile(
    r"\b(?:metropolitan |county |london )?(?:borough|district|city|county)? ?council\b|^(?:the )?(?:london |royal )?"
    r"(?:borough|city) of |\bmetropolitan borough\b|\broyal borough of ",
    re.IGNORECASE,
)
SHORT = {
    "County": "CC", "Non-metropolitan district": "DC", "Metropolitan district": "MBC", "London borough": "LBC",
    "Unitary authority": "UA", "Welsh unitary authority": "CBC",
}  # fmt: skip


def bare(name: str) -> str:
    """Return the name of a council without the words that say what kind of council it is."""
    found = " ".join(_KIND.sub(" ", name).replace("-", " ").split())
    return found.removeprefix("of the ").removesuffix(" City and")


def records(path: Path, *, aliases: bool) -> list[Record]:
    """Return the councils of the register, with or without the other spellings that it lists."""
    with opened(Wanted(path, profile="uk-local-authority")) as table:
        found = list(table.records)
    return found if aliases else [replace(item, aliases=()) for item in found]


def _forms(row: Mapping[str, str], chance: random.Random) -> Iterator[tuple[str, str]]:
    name, nice, kind = " ".join(row["official-name"].split()), row["nice-name"], row["local-authority-type-name"]
    own = bare(name)
    yield "official name", name
    yield "capitals", name.upper()
    yield "ampersand", name.replace(" and ", " & ") if " and " in name else name.replace("&", "and")
    yield "hyphens", name.replace("-", " ") if "-" in name else name.replace(" upon ", "-upon-")
    yield "the council of", f"The Council of the {kind_words(name)} of {own}"
    yield "corporation form", f"{own}, {kind_words(name)} of"
    yield "kind before", f"{kind_words(name)} of {own}"
    yield "Council only", f"{own} Council"
    if kind in SHORT:
        yield "short kind", f"{own} {SHORT[kind]}"
    if kind == "London borough":
        yield "LB", f"LB {own}"
        yield "London Borough Council", f"{own} London Borough Council"
    if "District" in kind and "Borough" not in name:
        yield "short kind", f"{own} Dist. Council"
    yield "department", f"Adult Social Care Department, {name}"
    yield "town", f"{name}, {nice}, UK"
    place = chance.randrange(2, max(3, len(name) - 9))
    yield "letter lost", name[:place] + name[place + 1 :]
    yield "letter doubled", name[:place] + name[place] + name[place:]
    yield "bare name", own


def kind_words(name: str) -> str:
    """Return the kind of council as words: `London Borough`, `City`, `Metropolitan Borough`, `County`, `District`."""
    for words in ("Metropolitan Borough", "County Borough", "London Borough", "Royal Borough", "Borough", "City"):
        if words.casefold() in name.casefold():
            return words
    return "County" if "County" in name else "District"


def cases(path: Path, seed: int) -> list[Case]:
    """Return the cases of all councils but combined authorities; ended ones say so in their noise."""
    chance = random.Random(seed)  # noqa: S311 - a fixed seed makes the set the same everywhere
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if "uthority" not in row["official-name"]]
    shared = Counter(bare(row["official-name"]).casefold() for row in rows)
    found = []
    for row in rows:
        key = row["local-authority-code"]
        for noise, text in _forms(row, chance):
            vague = shared[bare(text).casefold()] > 1 and bare(row["official-name"]) in text
            open_to = noise in {"bare name", "Council only"} and vague
            if row["end-date"] and open_to:
                continue  # the name belongs to the council that took over
            said = "ended council" if row["end-date"] else "shared name" if open_to else noise
            later = tuple(filter(None, row["replaced-by"].split(",")))
            found.append(Case(said, text, key, later))
    return list({(case.text, case.key): case for case in found}.values())
