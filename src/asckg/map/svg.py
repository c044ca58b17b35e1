"""A map as a picture: SVG with the shapes, codes and strokes of the visual language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from asckg.map.data import Edge, MapData, Node, Region
from asckg.map.naming import LEADING, SIZE, Name, named, radius
from asckg.map.sheet import Credit, Sample, Sheet, Text, bare, basis_of, dash_of, full
from asckg.style import kind, tokens


def as_svg(data: MapData, credit: Credit | None = None, *, plain: str = "", mode: str = "light") -> str:
    """Return the map drawn for a report, with title, legend, every name that fits, and what `credit` says.

    `plain` leaves out all around the map, for a picture within a page that follows the page's colours: `card` for a
    small one without names, any other word for one that fills the page.
    """
    sheet = bare(data) if plain else full(data, credit or Credit())
    pen = _pen(sheet.frame[2], plain, mode)
    shown = named(data.nodes, pen.size, pen.grow, 0 if plain == "card" else None)
    at = {node.iri: node for node in data.nodes}
    ends = _regions_of(data)
    directed = data.directed and plain != "card"
    lines = [_edge(edge, at, pen, directed, ends) for edge in data.edges]
    marks = [_thing(node, pen) for node in data.nodes]
    names = [_name(name, pen) for name in shown.values()]
    regions = [part for region in data.regions for part in _region(region, pen, plain == "card")]
    around = [*(_text(text, pen) for text in sheet.texts), *(_sample(sample, pen) for sample in sheet.samples)]
    return "\n".join([_open(data, sheet, pen), *regions, *lines, *marks, *names, *around, "</svg>", ""])


@dataclass(frozen=True)
class _Pen:
    colours: Mapping[str, str]
    mode: str
    size: float
    grow: float
    thick: float


def _pen(width: float, plain: str, mode: str) -> _Pen:
    if not plain:
        return _Pen(tokens()["colour"][mode], mode, SIZE, 1.0, 1.0)
    colours = {name: f"var(--{name})" for name in tokens()["colour"]["light"]}
    if plain == "card":
        return _Pen(colours, "plain", SIZE, min(2.2, max(1.0, width / 700)), max(1.0, width / 420))
    return _Pen(colours, "plain", max(SIZE, width / 78), min(1.9, max(1.0, width / 1700)), max(1.0, width / 1200))


def _open(data: MapData, sheet: Sheet, pen: _Pen) -> str:
    left, top, width, height = (round(side, 1) for side in sheet.frame)
    plain = pen.mode == "plain"
    ground = (
        "" if plain else f'\n<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{pen.colours["map"]}"/>'
    )
    tip = f'<path d="M0 0.8 8 4 0 7.2z" fill="{pen.colours["edge"]}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" width="{width}" '
        f'height="{height}" font-family={quoteattr(_font())} role="img">\n'
        f"<title>{escape(data.title)}</title><desc>{escape(data.description)}</desc>{_both_modes() if plain else ''}\n"
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6.5" markerHeight="6.5" '
        f'orient="auto">{tip}</marker></defs>{ground}'
    )


def _both_modes() -> str:
    """Return the colours of both modes: a picture in a page follows the page."""

    def block(mode: str) -> str:
        families = {f"f-{name}": pair[mode] for name, pair in tokens()["family"].items()}
        colours = {**tokens()["colour"][mode], **families, "on": "#ffffff" if mode == "light" else "#0e141c"}
        return "".join(f"--{name}:{value};" for name, value in colours.items())

    return f"<style>:root{{{block('light')}}}@media (prefers-color-scheme:dark){{:root{{{block('dark')}}}}}</style>"


def _regions_of(data: MapData) -> Mapping[str, int]:
    """Return which region each thing stands in: links between two are drawn fainter."""
    if data.layout != "communities":
        return {}
    return {node.iri: node.community for node in data.nodes}


def _region(region: Region, pen: _Pen, small: bool) -> Iterable[str]:  # noqa: FBT001  # a card or not
    yield (
        f'<rect x="{region.left}" y="{region.top}" width="{region.width}" height="{region.height}" rx="18" '
        f'fill="{pen.colours["raised"]}" stroke="{pen.colours["line"]}" fill-opacity="0.6"/>'
    )
    size = max(20.0, pen.size * 1.15)
    if region.title and not small:
        size = min(size, 1.8 * region.width / len(region.title))
        x, y = region.left + region.width / 2, region.top + 14 + size
        yield (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" font-weight="650" text-anchor="middle" '
            f'fill="{pen.colours["quiet"]}">{escape(region.title)}</text>'
        )


def _edge(edge: Edge, at: Mapping[str, Node], pen: _Pen, directed: bool, ends: Mapping[str, int]) -> str:  # noqa: FBT001  # as in the data
    a, b = at[edge.source], at[edge.target]
    far = math.hypot(b.x - a.x, b.y - a.y) or 1
    ux, uy = (b.x - a.x) / far, (b.y - a.y) / far
    start, end = radius(a) * pen.grow, radius(b) * pen.grow + 5
    x1, y1, x2, y2 = a.x + ux * start, a.y + uy * start, b.x - ux * end, b.y - uy * end
    basis = basis_of(edge)
    dash = " ".join(f"{part * pen.thick:.3g}" for part in dash_of(basis))
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    width = (3.4 if basis == "both" else 1.5) * pen.thick
    tip = ' marker-end="url(#tip)"' if directed else ""
    faint = ' opacity="0.3"' if ends and ends[edge.source] != ends[edge.target] else ""
    bend_x, bend_y = (x1 + x2) / 2 - uy * far * 0.05, (y1 + y2) / 2 + ux * far * 0.05
    path = f"M{x1:.0f} {y1:.0f}Q{bend_x:.0f} {bend_y:.0f} {x2:.0f} {y2:.0f}"
    return (
        f'<path d="{path}" fill="none" stroke="{pen.colours["edge"]}" stroke-width="{width:.3g}"{dashed}{tip}{faint}/>'
    )


def _thing(node: Node, pen: _Pen) -> str:
    said = "" if pen.mode == "plain" else f"<title>{escape(node.label)} ({escape(kind(node.kind).label)})</title>"
    return f"<g>{said}{_mark(node.kind, node.x, node.y, radius(node) * pen.grow, pen)}</g>"


def _mark(name: str, x: float, y: float, size: float, pen: _Pen) -> str:
    style = kind(name)
    fill = {"light": style.light, "dark": style.dark, "plain": f"var(--f-{style.family})"}[pen.mode]
    ink = {"light": "#ffffff", "dark": "#0e141c", "plain": "var(--on)"}[pen.mode]
    points = " ".join(f"{x + px * size:.1f},{y + py * size:.1f}" for px, py in style.points)
    return (
        f'<polygon points="{points}" fill="{fill}" stroke="{pen.colours["halo"]}" stroke-width="1.6" '
        f'stroke-linejoin="round"/><text x="{x:.1f}" y="{y + style.text_offset * size + size * 0.32:.1f}" '
        f'fill="{ink}" font-size="{size * 0.86:.1f}" font-weight="700" text-anchor="middle">{style.code}</text>'
    )


def _name(name: Name, pen: _Pen) -> str:
    lines = "".join(
        f'<tspan x="{name.x:.1f}" dy="{0 if i == 0 else pen.size * LEADING:.1f}">{escape(line)}</tspan>'
        for i, line in enumerate(name.lines)
    )
    return (
        f'<text y="{name.top + pen.size * 0.9:.1f}" font-size="{pen.size:.1f}" font-weight="500" '
        f'text-anchor="{name.anchor}" fill="{pen.colours["ink"]}" stroke="{pen.colours["halo"]}" '
        f'stroke-width="{pen.size * 0.27:.1f}" stroke-linejoin="round" paint-order="stroke">{lines}</text>'
    )


def _text(text: Text, pen: _Pen) -> str:
    face = f" font-family={quoteattr(_title_font())}" if text.title else ""
    return (
        f'<text x="{text.x:.1f}" y="{text.y:.1f}" font-size="{text.size:.1f}" fill="{pen.colours[text.tone]}"{face}>'
        f"{escape(text.words)}</text>"
    )


def _sample(sample: Sample, pen: _Pen) -> str:
    if sample.kind:
        return f"<g>{_mark(sample.kind, sample.x, sample.y, sample.size, pen)}</g>"
    dash = " ".join(map(str, dash_of(sample.basis)))
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    width = 3.4 if sample.basis == "both" else 1.8
    return (
        f'<path d="M{sample.x:.1f} {sample.y:.1f}h{sample.size:.1f}" stroke="{pen.colours["edge"]}" '
        f'stroke-width="{width}"{dashed}/>'
    )


def _font() -> str:
    return str(tokens()["font"]["body"]).replace('"', "'")


def _title_font() -> str:
    return str(tokens()["font"]["title"]).replace('"', "'")
