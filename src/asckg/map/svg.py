"""A map as a picture: SVG with the shapes, codes and strokes of the visual language."""

from __future__ import annotations

import math
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from asckg.map.data import Edge, MapData, Node
from asckg.map.style import kind, tokens

MARGIN = 90
WRAP = 21
LONG = 64


def as_svg(data: MapData, *, plain: bool = False, mode: str = "light") -> str:
    """Return the map drawn; `plain` leaves out title, legend and note, for a picture within a page."""
    left, top, width, height = _frame(data, plain=plain)
    colours = tokens()["colour"][mode]
    many = len(data.nodes) > 150  # noqa: PLR2004  # names of so many would cover each other
    head = [_open(data, (left, top, width, height), colours)]
    if not plain:
        head.append(f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{colours["map"]}"/>')
    at = {node.iri: node for node in data.nodes}
    lines = [_edge(edge, at, colours, directed=data.directed) for edge in data.edges]
    marks = [_mark(node, colours, mode) for node in data.nodes]
    names = [_name(node, colours, plain=plain) for node in data.nodes if not many or node.degree > 5]  # noqa: PLR2004
    words = [] if plain else _words(data, left, top, height, colours, mode)
    return "\n".join([*head, *lines, *marks, *names, *words, "</svg>", ""])


def _open(data: MapData, frame: tuple[int, int, int, int], colours: dict[str, str]) -> str:
    box = " ".join(map(str, frame))
    tip = f'<path d="M0 0.8 8 4 0 7.2z" fill="{colours["edge"]}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{frame[2]}" height="{frame[3]}" '
        f'font-family="{escape(_font())}" role="img">\n'
        f"<title>{escape(data.title)}</title><desc>{escape(data.description)}</desc>\n"
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6.5" markerHeight="6.5" '
        f'orient="auto">{tip}</marker></defs>'
    )


def radius(node: Node) -> float:
    """Return the size of a node: it grows with its links, and not without end."""
    return 13 + min(17, 3.2 * math.sqrt(node.degree))


def wrapped(label: str) -> list[str]:
    """Return a label in up to four short lines."""
    text = label if len(label) <= LONG else label[: LONG - 3].rstrip() + "…"
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) > WRAP:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:4]


def basis_of(edge: Edge) -> str:
    """Return the basis that an edge is drawn by: `both` for literature and testimony, empty for none."""
    names = [value.rsplit("/", 1)[-1] for value in edge.basis]
    if {"literature", "stakeholder-testimony"} <= set(names):
        return "both"
    return names[0] if names else ""


def _frame(data: MapData, *, plain: bool) -> tuple[int, int, int, int]:
    xs, ys = [n.x for n in data.nodes] or [0], [n.y for n in data.nodes] or [0]
    left, top = min(xs) - MARGIN, min(ys) - MARGIN // 2
    width, height = max(xs) - left + MARGIN, max(ys) - top + MARGIN
    if plain:
        return left, top, width, height
    return left, top - 90, max(width, 900), height + 130 + 26 * _rows(data)


def _rows(data: MapData) -> int:
    return -(-len(data.kinds) // 4)


def _edge(edge: Edge, at: dict[str, Node], colours: dict[str, str], *, directed: bool) -> str:
    a, b = at[edge.source], at[edge.target]
    far = math.hypot(b.x - a.x, b.y - a.y) or 1
    ux, uy = (b.x - a.x) / far, (b.y - a.y) / far
    start, end = radius(a), radius(b) + 5
    x1, y1, x2, y2 = a.x + ux * start, a.y + uy * start, b.x - ux * end, b.y - uy * end
    basis = basis_of(edge)
    dash = tokens()["basis"].get(basis, {}).get("dash", [])
    dashed = f' stroke-dasharray="{" ".join(map(str, dash))}"' if dash else ""
    width = 3.4 if basis == "both" else 1.5
    tip = ' marker-end="url(#tip)"' if directed else ""
    bend_x, bend_y = (x1 + x2) / 2 - uy * far * 0.05, (y1 + y2) / 2 + ux * far * 0.05
    path = f"M{x1:.1f} {y1:.1f}Q{bend_x:.1f} {bend_y:.1f} {x2:.1f} {y2:.1f}"
    return f'<path d="{path}" fill="none" stroke="{colours["edge"]}" stroke-width="{width}"{dashed}{tip}/>'


def _mark(node: Node, colours: dict[str, str], mode: str) -> str:
    style, size = kind(node.kind), radius(node)
    fill = style.light if mode == "light" else style.dark
    ink = "#ffffff" if mode == "light" else "#0e141c"
    points = " ".join(f"{node.x + x * size:.1f},{node.y + y * size:.1f}" for x, y in style.points)
    y = node.y + style.text_offset * size + size * 0.32
    return (
        f'<g><title>{escape(node.label)} ({escape(style.label)})</title><polygon points="{points}" fill="{fill}" '
        f'stroke="{colours["halo"]}" stroke-width="1.6" stroke-linejoin="round"/>'
        f'<text x="{node.x}" y="{y:.1f}" fill="{ink}" font-size="{size * 0.86:.1f}" font-weight="700" '
        f'text-anchor="middle">{style.code}</text></g>'
    )


def _name(node: Node, colours: dict[str, str], *, plain: bool) -> str:
    size = 15 if plain else 13
    lines = "".join(
        f'<tspan x="{node.x}" dy="{0 if i == 0 else size * 1.16:.1f}">{escape(line)}</tspan>'
        for i, line in enumerate(wrapped(node.label))
    )
    y = node.y + radius(node) * 1.12 + size
    return (
        f'<text y="{y:.1f}" font-size="{size}" font-weight="500" text-anchor="middle" fill="{colours["ink"]}" '
        f'stroke="{colours["halo"]}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">{lines}</text>'
    )


def _words(data: MapData, left: int, top: int, height: int, colours: dict[str, str], mode: str) -> Iterable[str]:
    x = left + 28
    face = f'font-size="27" fill="{colours["ink"]}" font-family={quoteattr(_title_font())}'
    yield f'<text x="{x}" y="{top + 44}" {face}>{escape(data.title)}</text>'
    yield f'<text x="{x}" y="{top + 70}" font-size="14" fill="{colours["quiet"]}">{escape(data.description)}</text>'
    base = top + height - 62 - 26 * _rows(data)
    for i, (name, count) in enumerate(data.kinds.items()):
        shown = Node("", "", name, 0, x + 12 + 230 * (i % 4), base + 26 * (i // 4))
        yield _mark(shown, colours, mode)
        style = kind(name)
        label = style.label if count == 1 else style.plural
        at = f'x="{shown.x + 22}" y="{shown.y + 5}"'
        yield f'<text {at} font-size="13" fill="{colours["ink"]}">{count} {escape(label)}</text>'
    said = "Solid: literature. Dashed: testimony. Dotted: the document's own voice. Thick: literature and testimony."
    note = "One synthesis, November 2023, England; paraphrased and coded by the maintainers; not validated or endorsed."
    yield f'<text x="{x}" y="{top + height - 38}" font-size="12" fill="{colours["quiet"]}">{escape(said)}</text>'
    yield f'<text x="{x}" y="{top + height - 18}" font-size="12" fill="{colours["quiet"]}">{escape(note)}</text>'


def _font() -> str:
    return str(tokens()["font"]["body"]).replace('"', "'")


def _title_font() -> str:
    return str(tokens()["font"]["title"]).replace('"', "'")
