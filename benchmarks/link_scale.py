"""How long a million rows take: names made up by a published generator, matched to 5,000 entities.

Run: python benchmarks/link_scale.py [rows] [distinct names] [entities]
The noise: a third of the names are unrelated; the rest are an entity's name with one of: nothing, upper case, a letter
lost, a letter doubled, two letters swapped, a common word abbreviated, a word lost, the town or the country
added.
"""

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator

from asckg.link.linker import Linker
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


def main() -> None:
    """Print what a run took."""
    count, distinct, size = (int(text) for text in (*sys.argv[1:], *("1000000", "100000", "5000")[len(sys.argv) - 1 :]))
    chance = random.Random(2023)  # noqa: S311 - a fixed seed makes the table the same everywhere
    names = [organisation(chance) for _ in range(size)]
    start = time.perf_counter()
    linker = Linker([Record(f"e{number}", name, country="GB") for number, name in enumerate(names)])
    indexed = time.perf_counter()
    bands = Counter(item.band for item in linker.run(rows(count, distinct, names, chance)))
    taken = time.perf_counter() - indexed
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} rows, {distinct} distinct, {size} entities: index {indexed - start:.1f} s, rows {taken:.1f} s")
    print(f"{time.process_time():.1f} s of one processor, {peak:.0f} MiB at most")
    print(dict(bands))


if __name__ == "__main__":
    main()
