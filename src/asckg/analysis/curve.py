"""A figure of a running share: how much the first, second and third of something carry together, as SVG."""

from collections.abc import Iterator
from dataclasses import dataclass

from asckg.analysis.canvas import EDGE, TOP, WIDTH, colours, frame, text
from asckg.style import kind

_LEFT, _HIGH, _QUARTERS = EDGE + 52, 330, 4
_HALF = 0.5


@dataclass(frozen=True)
class Curve:
    """Shares that add up to 1, the greatest first; `half` is how many of them make a half; `axis` says of what."""

    title: str
    says: str
    running: tuple[float, ...]
    half: int
    axis: str
    kind: str = "thing"

    def svg(self, mode: str = "light") -> str:
        """Return the figure as SVG, in the colours of `light` or `dark`."""
        return frame(self.title, self.says, TOP + _HIGH + 96, mode, self._drawn(mode))

    def _repr_svg_(self) -> str:
        return self.svg()

    def __repr__(self) -> str:
        return f"{self.title}: {self.half} of {len(self.running)} make a half"

    def _drawn(self, mode: str) -> Iterator[str]:
        paint, style = colours(mode), kind(self.kind)
        fill = style.dark if mode == "dark" else style.light
        step = (WIDTH - _LEFT - EDGE) / max(len(self.running), 1)
        foot = TOP + _HIGH
        for quarter in range(_QUARTERS + 1):
            y = foot - _HIGH * quarter / _QUARTERS
            yield f'<path d="M{_LEFT} {y:g}H{WIDTH - EDGE}" stroke="{paint["line"]}"/>'
            yield text(_LEFT - 8, y + 4, f"{100 * quarter // _QUARTERS} %", 12, paint["quiet"], anchor="end")
        for place, share in enumerate(self.running):
            x, y, faint = (
                _LEFT + place * step,
                foot - _HIGH * share,
                ' fill-opacity="0.38"' if place >= self.half else "",
            )
            box = f'x="{x + 0.6:.1f}" y="{y:.1f}" width="{max(step - 1.2, 0.6):.1f}" height="{foot - y:.1f}"'
            yield f'<rect {box} fill="{fill}"{faint}/>'
        x, y = _LEFT + self.half * step, foot - _HIGH * _HALF
        yield f'<path d="M{x:.1f} {foot}V{TOP}" stroke="{paint["ink"]}" stroke-dasharray="5 4"/>'
        yield text(x + 8, TOP + 14, f"the first {self.half} carry half", 13, paint["ink"])
        yield text(_LEFT, foot + 24, f"1 to {len(self.running)}: {self.axis}", 12.5, paint["ink"])
