"""What stands around a map in a picture for a report: title, question, legend, and where it comes from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from asckg.caveat import CAVEAT
from asckg.map.data import Edge, MapData
from asckg.map.naming import BROAD, room
from asckg.style import kind, tokens

LINES = ("literature", "stakeholder-testimony", "author", "both")
NARROW, EDGE = 900, 40.0
PLAIN = 26  # the margin of a picture within a page


@dataclass(frozen=True)
class Credit:
    """What a picture says of its origin: the version of the data, the day it was drawn, an address to come back to."""

    version: str = ""
    date: str = ""
    address: str = ""

    def __str__(self) -> str:
        version = f"asckg, data version {self.version}" if self.version else "asckg"
        return ". ".join(part for part in (version, self.date and f"Drawn on {self.date}", self.address) if part)


@dataclass(frozen=True)
class Text:
    """Words on a sheet; `y` is their base line, `tone` one of ink and quiet."""

    x: float
    y: float
    size: float
    words: str
    tone: str = "ink"
    title: bool = False


@dataclass(frozen=True)
class Sample:
    """A mark of a kind, or a stroke of a basis, in the legend; `size` is the mark's radius or the stroke's length."""

    x: float
    y: float
    size: float
    kind: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Sheet:
    """A picture's frame (left, top, width, height in the units of the layout) and what stands around the map."""

    frame: tuple[float, float, float, float]
    texts: tuple[Text, ...] = ()
    samples: tuple[Sample, ...] = ()


def day(one: date) -> str:
    """Return a day as it is written: 23 November 2026."""
    return f"{one.day} {one:%B %Y}"


def bare(data: MapData) -> Sheet:
    """Return the sheet of a picture within a page, which says around it what it is."""
    left, top, width, height = _extent(data)
    return Sheet((left - PLAIN, top - PLAIN, width + 2 * PLAIN, height + 2 * PLAIN))


def full(data: MapData, credit: Credit) -> Sheet:
    """Return the sheet of a picture that stands alone."""
    left, top, width, height = _extent(data)
    wide = max(width, NARROW)
    left -= (wide - width) / 2
    unit = min(3.0, max(1.0, wide / 1500))
    above = list(_stacked(left, wide, [(data.title, 30, "ink"), (data.description, 16, "quiet")], unit))
    rise = above[-1].y + 34 * unit
    above = [_moved(one, top - rise) for one in above]
    low = top + height + 44 * unit
    samples, words, low = _legend(data, left, low, wide, unit)
    said = [(data.read, 14, "ink"), (CAVEAT, 13, "quiet"), (f"Source: {credit}.", 13, "quiet")]
    below = [_moved(one, low) for one in _stacked(left, wide, [one for one in said if one[0]], unit)]
    high = below[-1].y + EDGE * unit - (top - rise) + EDGE * unit
    edge = EDGE * unit
    frame = (left - edge, top - rise - edge, wide + 2 * edge, high)
    return Sheet(frame, (*above, *words, *below), tuple(samples))


def basis_of(edge: Edge) -> str:
    """Return the basis that an edge is drawn by: `both` for literature and testimony, empty for none."""
    names = [value.rsplit("/", 1)[-1] for value in edge.basis]
    if {"literature", "stakeholder-testimony"} <= set(names):
        return "both"
    return names[0] if names else ""


def dash_of(basis: str) -> list[float]:
    """Return the dashes of a basis, none for a whole line."""
    found: list[float] = tokens()["basis"].get(basis, {}).get("dash", [])
    return found


def _extent(data: MapData) -> tuple[float, float, float, float]:
    rooms = [(node.x, node.y, room(node)) for node in data.nodes]
    xs = [x + side for x, _, (left, right, _, _) in rooms for side in (-left, right)]
    ys = [y + side for _, y, (_, _, up, down) in rooms for side in (-up, down)]
    xs += [side for r in data.regions for side in (r.left, r.left + r.width)]
    ys += [side for r in data.regions for side in (r.top, r.top + r.height)]
    left, top = min(xs, default=0), min(ys, default=0)
    return left, top, max(xs, default=0) - left, max(ys, default=0) - top


def _stacked(left: float, wide: float, said: Sequence[tuple[str, float, str]], unit: float) -> Iterator[Text]:
    y = 0.0
    for i, (words, size, tone) in enumerate(said):
        title = size > 20  # noqa: PLR2004  # the title's face is for large type
        for line in textwrap.wrap(words, max(20, int(wide / (size * unit * 0.5))), break_on_hyphens=False):
            y += size * unit * (1.1 if title else 1.4)
            yield Text(left, y, size * unit, line, tone, title)
        y += 0.0 if i == len(said) - 1 else 6 * unit


def _moved(one: Text, by: float) -> Text:
    return Text(one.x, one.y + by, one.size, one.words, one.tone, one.title)


def _legend(data: MapData, left: float, top: float, wide: float, unit: float) -> tuple[list[Sample], list[Text], float]:
    """Return the kinds with their counts and the lines, in rows, and where they end."""
    size = 14 * unit
    entries = [(name, "", _counted(name, count)) for name, count in data.kinds.items()]
    bases = {basis_of(edge) for edge in data.edges}
    entries += [("", basis, str(tokens()["basis"][basis]["label"])) for basis in LINES if basis in bases]
    samples, words = [], []
    x, y, row = left, top, 30 * unit
    for name, basis, label in entries:
        before = 34 * unit if name else 56 * unit
        width = before + BROAD * size * len(label) + 26 * unit
        if x > left and x + width > left + wide:
            x, y = left, y + row
        samples.append(Sample(x + (12 if name else 0) * unit, y, (11 if name else 46) * unit, name, basis))
        words.append(Text(x + before - 6 * unit, y + size * 0.35, size, label))
        x += width
    return samples, words, y + row * 0.8


def _counted(name: str, count: int) -> str:
    style = kind(name)
    return f"{count} {(style.label if count == 1 else style.plural).lower()}"
