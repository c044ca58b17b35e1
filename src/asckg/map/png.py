"""A map as a picture of pixels, drawn with the same shapes, codes and strokes."""

from __future__ import annotations

import io
import math
from typing import Any

from asckg.map.data import Edge, MapData, Node
from asckg.map.naming import named, radius, wrapped
from asckg.map.svg import basis_of
from asckg.style import kind, tokens

MARGIN, TOP, BOTTOM = 100, 100, 70
MOST = 4200


def as_png(data: MapData, scale: float = 2.0) -> bytes:
    """Return the map as PNG, `scale` pixels for one of the layout's, less where it would be wider than 4,200."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  # heavy; only this file needs it

    xs, ys = [n.x for n in data.nodes] or [0], [n.y for n in data.nodes] or [0]
    width, height = max(xs) - min(xs) + 2 * MARGIN, max(ys) - min(ys) + TOP + BOTTOM + MARGIN
    width = max(width, 900)
    scale = min(scale, MOST / width, MOST / height)
    colours = tokens()["colour"]["light"]
    image = Image.new("RGB", (round(width * scale), round(height * scale)), colours["map"])
    pen = _Pen(ImageDraw.Draw(image), min(xs) - MARGIN, min(ys) - TOP, scale, colours)
    at = {node.iri: node for node in data.nodes}
    for edge in data.edges:
        pen.edge(at[edge.source], at[edge.target], edge, directed=data.directed)
    for node in data.nodes:
        pen.mark(node)
    size = max(13.0, 11 / scale)
    shown = named(data.nodes, size)
    for node in data.nodes:
        if node.iri in shown:
            pen.name(node, size)
    pen.words(data.title, data.description, height)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


class _Pen:
    def __init__(self, draw: Any, left: float, top: float, scale: float, colours: dict[str, str]) -> None:
        self.draw, self.left, self.top, self.scale, self.colours = draw, left, top, scale, colours

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def edge(self, a: Node, b: Node, edge: Edge, *, directed: bool) -> None:
        far = math.hypot(b.x - a.x, b.y - a.y) or 1
        ux, uy = (b.x - a.x) / far, (b.y - a.y) / far
        x1, y1 = a.x + ux * radius(a), a.y + uy * radius(a)
        x2, y2 = b.x - ux * (radius(b) + 4), b.y - uy * (radius(b) + 4)
        basis = basis_of(edge)
        width = max(1, round((3.4 if basis == "both" else 1.5) * self.scale))
        for start, end in _dashes(math.hypot(x2 - x1, y2 - y1), tokens()["basis"].get(basis, {}).get("dash", [])):
            ends = [self.at(x1 + ux * start, y1 + uy * start), self.at(x1 + ux * end, y1 + uy * end)]
            self.draw.line(ends, fill=self.colours["edge"], width=width)
        if directed:
            tip = [(x2, y2), (x2 - ux * 9 - uy * 4, y2 - uy * 9 + ux * 4), (x2 - ux * 9 + uy * 4, y2 - uy * 9 - ux * 4)]
            self.draw.polygon([self.at(*point) for point in tip], fill=self.colours["edge"])

    def mark(self, node: Node) -> None:
        style, size = kind(node.kind), radius(node)
        points = [self.at(node.x + x * size, node.y + y * size) for x, y in style.points]
        self.draw.polygon(points, fill=style.light)
        place = self.at(node.x, node.y + style.text_offset * size)
        self.draw.text(place, style.code, fill="#ffffff", font=_font(size * 0.86 * self.scale), anchor="mm")

    def name(self, node: Node, size: float) -> None:
        for i, line in enumerate(wrapped(node.label)):
            place = self.at(node.x, node.y + radius(node) * 1.12 + 3 + i * size * 1.16)
            halo = {"stroke_width": max(1, round(2 * self.scale)), "stroke_fill": self.colours["halo"]}
            self.draw.text(place, line, fill=self.colours["ink"], font=_font(size * self.scale), anchor="ma", **halo)

    def words(self, title: str, description: str, height: float) -> None:
        s = self.scale
        self.draw.text((28 * s, 22 * s), title, fill=self.colours["ink"], font=_font(26 * s))
        self.draw.text((28 * s, 58 * s), description, fill=self.colours["quiet"], font=_font(14 * s))
        note = (
            "Solid: literature. Dashed: testimony. Dotted: the document's own voice.  One synthesis, November 2023, "
            "England; not validated or endorsed."
        )
        self.draw.text((28 * s, (height - 34) * s), note, fill=self.colours["quiet"], font=_font(12 * s))


def _font(size: float) -> Any:
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.load_default(size=max(4.0, size))


def _dashes(length: float, pattern: list[float]) -> list[tuple[float, float]]:
    if not pattern:
        return [(0.0, length)]
    on, off = pattern
    count = int(length // (on + off)) + 1
    return [(i * (on + off), min(length, i * (on + off) + on)) for i in range(count)]
