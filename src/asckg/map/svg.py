"""A map as a picture: SVG with the shapes, codes and strokes of the visual language."""

from __future__ import annotations

import math
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from asckg.map.data import Edge, MapData, Node
from asckg.map.naming import named, radius, wrapped
from asckg.style import kind, tokens

MARGIN = 90


def as_svg(data: MapData, *, plain: bool = False, mode: str = "light") -> str:
    """Return the map drawn; `plain` leaves out title, legend and note, for a picture within a page."""
    left, top, width, height = _frame(data, plain=plain)
    colours = _named_colours() if plain else tokens()["colour"][mode]
    size = max(13.0, width / 62) if plain else 13.0
    shown = named(data.nodes, size)
    head = [_open(data, (left, top, width, height), colours)]
    if not plain:
        head.append(f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{colours["map"]}"/>')
    at = {node.iri: node for node in data.nodes}
    thick = max(1.0, width / 1100) if plain else 1.0
    lines = [_edge(edge, at, colours, directed=data.directed, thick=thick) for edge in data.edges]
    marks = [_mark(node, colours, "plain" if plain else mode) for node in data.nodes]
    names = [_name(node, colours, size) for node in data.nodes if node.iri in shown]
    words = [] if plain else _words(data, left, top, height, colours, mode)
    return "\n".join([*head, *lines, *marks, *names, *words, "</svg>", ""])


def _open(data: MapData, frame: tuple[int, int, int, int], colours: dict[str, str]) -> str:
    box = " ".join(map(str, frame))
    style = _both_modes() if colours["edge"].startswith("var") else ""
    tip = f'<path d="M0 0.8 8 4 0 7.2z" fill="{colours["edge"]}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{frame[2]}" height="{frame[3]}" '
        f'font-family="{escape(_font())}" role="img">\n'
        f"<title>{escape(data.title)}</title><desc>{escape(data.description)}</desc>{style}\n"
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6.5" markerHeight="6.5" '
        f'orient="auto">{tip}</marker></defs>'
    )


def _named_colours() -> dict[str, str]:
    return {name: f"var(--{name})" for name in tokens()["colour"]["light"]}


def _both_modes() -> str:
    """Return the colours of both modes: a picture in a page follows the page."""

    def block(mode: str) -> str:
        families = {f"f-{name}": pair[mode] for name, pair in tokens()["family"].items()}
        colours = {**tokens()["colour"][mode], **families, "on": "#ffffff" if mode == "light" else "#0e141c"}
        return "".join(f"--{name}:{value};" for name, value in colours.items())

    return f"<style>:root{{{block('light')}}}@media (prefers-color-scheme:dark){{:root{{{block('dark')}}}}}</style>"


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


def _edge(edge: Edge, at: dict[str, Node], colours: dict[str, str], *, directed: bool, thick: float) -> str:
    a, b = at[edge.source], at[edge.target]
    far = math.hypot(b.x - a.x, b.y - a.y) or 1
    ux, uy = (b.x - a.x) / far, (b.y - a.y) / far
    start, end = radius(a), radius(b) + 5
    x1, y1, x2, y2 = a.x + ux * start, a.y + uy * start, b.x - ux * end, b.y - uy * end
    basis = basis_of(edge)
    dash = tokens()["basis"].get(basis, {}).get("dash", [])
    dashed = f' stroke-dasharray="{" ".join(map(str, dash))}"' if dash else ""
    width = (3.4 if basis == "both" else 1.5) * thick
    tip = ' marker-end="url(#tip)"' if directed else ""
    bend_x, bend_y = (x1 + x2) / 2 - uy * far * 0.05, (y1 + y2) / 2 + ux * far * 0.05
    path = f"M{x1:.1f} {y1:.1f}Q{bend_x:.1f} {bend_y:.1f} {x2:.1f} {y2:.1f}"
    return f'<path d="{path}" fill="none" stroke="{colours["edge"]}" stroke-width="{width:.2f}"{dashed}{tip}/>'


def _mark(node: Node, colours: dict[str, str], mode: str) -> str:
    style, size = kind(node.kind), radius(node)
    fill = {"light": style.light, "dark": style.dark, "plain": f"var(--f-{style.family})"}[mode]
    ink = {"light": "#ffffff", "dark": "#0e141c", "plain": "var(--on)"}[mode]
    points = " ".join(f"{node.x + x * size:.1f},{node.y + y * size:.1f}" for x, y in style.points)
    y = node.y + style.text_offset * size + size * 0.32
    return (
        f'<g><title>{escape(node.label)} ({escape(style.label)})</title><polygon points="{points}" fill="{fill}" '
        f'stroke="{colours["halo"]}" stroke-width="1.6" stroke-linejoin="round"/>'
        f'<text x="{node.x}" y="{y:.1f}" fill="{ink}" font-size="{size * 0.86:.1f}" font-weight="700" '
        f'text-anchor="middle">{style.code}</text></g>'
    )


def _name(node: Node, colours: dict[str, str], size: float) -> str:
    lines = "".join(
        f'<tspan x="{node.x}" dy="{0 if i == 0 else size * 1.16:.1f}">{escape(line)}</tspan>'
        for i, line in enumerate(wrapped(node.label))
    )
    y = node.y + radius(node) * 1.12 + size
    return (
        f'<text y="{y:.1f}" font-size="{size:.1f}" font-weight="500" text-anchor="middle" fill="{colours["ink"]}" '
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
