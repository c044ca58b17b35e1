"""A figure of bars: the first rows of a measure, with the mark of each thing's kind, as SVG."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from asckg.analysis.canvas import EDGE, TOP, WIDTH, colours, cut, frame, shown, text
from asckg.style import kind

_STEP, _THICK, _NAMES, _MARK, _SIZE = 27, 17, 372, 9, 13.0
_RIGHT = 70


@dataclass(frozen=True)
class Bar:
    """One row: a label, a value for each series, and the kind of thing (`barrier`), which gives mark and colour.

    `said` stands at its end, in the place of the sum.
    """

    label: str
    values: tuple[float, ...]
    kind: str = "thing"
    said: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars, longest first; the values of a bar stand one after another, told apart by fill: full, pale, outlined."""

    title: str
    says: str
    bars: tuple[Bar, ...]
    series: tuple[str, ...]
    left_out: int = 0

    def svg(self, mode: str = "light") -> str:
        """Return the figure as SVG, in the colours of `light` or `dark`."""
        height = TOP + 30 + _STEP * len(self.bars) + (24 if self.left_out else 0) + 46
        return frame(self.title, self.says, height, mode, self._drawn(mode))

    def _repr_svg_(self) -> str:
        return self.svg()

    def __repr__(self) -> str:
        rows = [f"{bar.label}: {', '.join(map(shown, bar.values))}" for bar in self.bars]
        return "\n".join([f"{self.title} ({', '.join(self.series)})", *rows])

    def _drawn(self, mode: str) -> Iterator[str]:
        paint = colours(mode)
        longest = max((sum(bar.values) for bar in self.bars), default=0) or 1
        unit = (WIDTH - EDGE - _RIGHT - EDGE - _NAMES) / longest
        yield from self._legend(paint)
        y = TOP + 30.0
        for bar in self.bars:
            yield from _row(bar, y, unit, mode)
            y += _STEP
        if self.left_out:
            yield text(EDGE, y + 12, f"and {self.left_out:,} more, left out of this figure", 12.5, paint["quiet"])

    def _legend(self, paint: dict[str, str]) -> Iterator[str]:
        x = float(EDGE + _NAMES)
        for place, name in enumerate(self.series):
            yield _box(x, TOP + 1, 18, 12, place, paint["quiet"])
            yield text(x + 24, TOP + 12, name, 12.5, paint["ink"])
            x += 24 + len(name) * 7 + 22


def _row(bar: Bar, y: float, unit: float, mode: str) -> Iterator[str]:
    paint, style = colours(mode), kind(bar.kind)
    fill = style.dark if mode == "dark" else style.light
    middle = y + _THICK / 2
    points = " ".join(f"{EDGE + _MARK + x * _MARK:.1f},{middle + py * _MARK:.1f}" for x, py in style.points)
    yield f"<g><title>{escape(bar.label)}: {escape(', '.join(map(shown, bar.values)))}</title>"
    yield f'<polygon points="{points}" fill="{fill}"/>'
    yield text(
        EDGE + _MARK,
        middle + style.text_offset * _MARK + 3.4,
        style.code,
        8.6,
        "#ffffff" if mode == "light" else "#0e141c",
        anchor="middle",
    )
    left = EDGE + 2 * _MARK + 10
    yield text(left, middle + 4.6, cut(bar.label, EDGE + _NAMES - left - 8, _SIZE), _SIZE, paint["ink"])
    x = float(EDGE + _NAMES)
    for place, value in enumerate(bar.values):
        yield _box(x, y, value * unit, _THICK, place, fill)
        x += value * unit
    yield text(x + 7, middle + 4.6, bar.said or shown(sum(bar.values)), 12.5, paint["ink"])
    yield "</g>"


def _box(x: float, y: float, width: float, height: float, place: int, fill: str) -> str:
    """Return a bar of the first (full), second (pale) or third series (outlined)."""
    look = (f'fill="{fill}"', f'fill="{fill}" fill-opacity="0.38"', f'fill="none" stroke="{fill}" stroke-width="1.4"')
    inset = 0.7 if place % len(look) == len(look) - 1 else 0
    size = f'width="{max(width - 2 * inset, 0):.1f}" height="{height - 2 * inset:.1f}"'
    return f'<rect x="{x + inset:.1f}" y="{y + inset:.1f}" {size} {look[place % len(look)]}/>'
