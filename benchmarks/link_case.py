"""One labelled case of linking, the figures over many, and how a set of cases is split."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Case(NamedTuple):
    """A text as somebody wrote it, the key of what it means (empty: nothing that is there), and what was done to it.

    Where several things would be right, `key` has all, with spaces between.
    `also` are keys that may be shown to a person beside the right one, but must never be accepted (successors).
    """

    noise: str
    text: str
    key: str
    also: tuple[str, ...] = ()


class Said(NamedTuple):
    """What a method said about a case: the band, and the keys of its candidates, best first."""

    band: str
    keys: Sequence[str]


def share(part: int, whole: int) -> str:
    """Return a share with its 95 % Wilson interval."""
    if not whole:
        return "none"
    z, p = 1.96, part / whole
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{p:.3f} [{middle - reach:.3f}, {middle + reach:.3f}]"


def kept(cases: Iterable[Case], salt: str) -> list[Case]:
    """Return the half of the cases that is for reporting; the other half is for setting limits and writing rules.

    The half is decided by the key (the text where there is none), so that no thing is in both.
    """
    return [one for one in cases if hashlib.sha256(f"{salt}{one.key or one.text}".encode()).digest()[0] % 2]


def figures(cases: Sequence[Case], said: Sequence[Said]) -> str:
    """Return precision, recall, recall with the queue and the size of the queue of some cases, in one line."""
    pairs = list(zip(cases, said, strict=True))
    accepted = [(case, found) for case, found in pairs if found.band in {"accepted", "identifier"}]
    right = sum(found.keys[0] in case.key.split() for case, found in accepted)
    answerable = sum(bool(case.key) for case in cases)
    queue = [(case, found) for case, found in pairs if found.band == "review"]
    helped = sum(bool({*case.key.split(), *case.also} & set(found.keys)) for case, found in queue if case.key)
    return (
        f"{len(cases):6d}  precision {share(right, len(accepted)):22}  recall {share(right, answerable):22}  "
        f"with queue {share(right + helped, answerable):22}  queue {len(queue) / max(len(cases), 1):.3f}"
    )


def table(cases: Sequence[Case], said: Sequence[Said]) -> list[str]:
    """Return a line of figures for each noise, and one for all."""
    groups: dict[str, list[tuple[Case, Said]]] = defaultdict(list)
    for case, found in zip(cases, said, strict=True):
        groups[case.noise].append((case, found))
    lines = [f"{noise:24}" + figures(*zip(*group, strict=True)) for noise, group in groups.items()]  # type: ignore[arg-type]  # zip forgets the two types
    return [*lines, f"{'all':24}" + figures(cases, said)]
