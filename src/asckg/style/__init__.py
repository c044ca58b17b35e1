"""The visual language: kinds of thing, their colours, shapes and codes, from the one token file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from asckg.namespace import compact

TOKEN_FILE = Path(__file__).with_name("token.json")


@dataclass(frozen=True)
class Kind:
    """One kind of thing as pages and maps show it.

    >>> kind("barrier").code
    'Ba'
    """

    name: str
    label: str
    plural: str
    code: str
    family: str
    shape: str
    says: str
    light: str
    dark: str
    points: tuple[tuple[float, float], ...]
    text_offset: float


@cache
def tokens() -> Mapping[str, Any]:
    """Return the token file as it is read from disk, once."""
    loaded: Mapping[str, Any] = json.loads(TOKEN_FILE.read_text(encoding="utf-8"))
    return loaded


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by name, in the order in which pages list them."""
    table = tokens()
    return {name: _kind(name, row, table) for name, row in table["kind"].items()}


def kind(name: str) -> Kind:
    """Return the kind of that name; `thing` when there is none."""
    return kinds().get(name) or kinds()["thing"]


def kind_of(classes: Iterable[str]) -> str:
    """Return the kind that a thing of these classes is shown as; the project's own classes win over borrowed ones."""
    ranks = _class_ranks()
    found = sorted((ranks[name], name) for name in map(compact, classes) if name in ranks)
    return found[0][0][2] if found else "thing"


@cache
def _class_ranks() -> Mapping[str, tuple[int, int, str]]:
    ranks: dict[str, tuple[int, int, str]] = {}
    for order, (name, row) in enumerate(tokens()["kind"].items()):
        for term in row["classes"]:
            ranks[term] = (0 if term.startswith("asc:") else 1, order, name)
    return ranks


def _kind(name: str, row: Mapping[str, Any], table: Mapping[str, Any]) -> Kind:
    family, shape = table["family"][row["family"]], table["shape"][row["shape"]]
    return Kind(
        name=name,
        label=row["label"],
        plural=row["plural"],
        code=row["code"],
        family=row["family"],
        shape=row["shape"],
        says=row["says"],
        light=family["light"],
        dark=family["dark"],
        points=_points(shape),
        text_offset=float(shape.get("text", 0.0)),
    )


def _points(shape: Mapping[str, Any]) -> tuple[tuple[float, float], ...]:
    if "points" in shape:
        return tuple((float(x), float(y)) for x, y in shape["points"])
    step = 2 * math.pi / 24
    return tuple((round(math.cos(step * i), 4), round(math.sin(step * i), 4)) for i in range(24))
