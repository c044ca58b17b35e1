"""What figures share: the frame, its words, and text cut to a width, in the colours of the visual language."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from asckg.caveat import BRIEF
from asckg.style import tokens

WIDTH = 900
EDGE = 28
TOP = 92
_LETTER = 0.51


def colours(mode: str) -> dict[str, str]:
    """Return the colours of a mode, `light` or `dark`."""
    found: dict[str, str] = tokens()["colour"][mode]
    return found


def frame(title: str, says: str, height: int, mode: str, inner: Iterable[str]) -> str:
    """Return an SVG with a title, a sentence, what is drawn, and the note that every view carries."""
    shown = colours(mode)
    fonts = (str(tokens()["font"][name]).replace('"', "'") for name in ("body", "title"))
    family, face = (f'font-family="{escape(font)}"' for font in fonts)
    size = f' width="{WIDTH}" height="{height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"{size} {family} role="img">',
            f"<title>{escape(title)}</title><desc>{escape(says)}</desc>",
            f'<rect width="{WIDTH}" height="{height}" fill="{shown["surface"]}"/>',
            f'<text x="{EDGE}" y="40" font-size="25" fill="{shown["ink"]}" {face}>{escape(title)}</text>',
            text(EDGE, 64, says, 13.5, shown["quiet"]),
            *inner,
            text(EDGE, height - 16, BRIEF, 12, shown["quiet"]),
            "</svg>",
            "",
        ]
    )


def text(x: float, y: float, words: str, size: float, fill: str, *, anchor: str = "start") -> str:
    """Return a line of text."""
    where = f'x="{x:g}" y="{y:g}"'
    return f'<text {where} font-size="{size:g}" fill="{fill}" text-anchor="{anchor}">{escape(words)}</text>'


def cut(words: str, width: float, size: float) -> str:
    """Return the words, cut with an ellipsis where they would be wider than `width`.

    >>> cut("Research capacity building", 100, 13)
    'Research capac…'
    """
    most = max(4, int(width / (size * _LETTER)))
    return words if len(words) <= most else words[: most - 1].rstrip() + "\u2026"


def shown(value: float) -> str:
    """Return a number as a figure prints it: counts whole, measures with two places.

    >>> shown(12), shown(0.27051)
    ('12', '0.27')
    """
    return f"{value:.2f}" if isinstance(value, float) else f"{value:,}"
