"""A map as a picture of pixels, drawn with the same shapes, codes and strokes."""

from __future__ import annotations

import io
import math
from functools import cache
from pathlib import Path
from typing import Any

from asckg.map.data import Edge, MapData, Node, Region
from asckg.map.naming import LEADING, SIZE, Name, named, radius
from asckg.map.sheet import Credit, Sample, Text, basis_of, dash_of, full
from asckg.style import kind, tokens

MOST = 6000
FACES = Path(__file__).with_name("static")
BODY, TITLE = "body.woff2", "title.woff2"


def as_png(data: MapData, credit: Credit | None = None, *, scale: float = 2.0) -> bytes:
    """Return the map as PNG for a report, with title, legend, names and what `credit` says.

    `scale` pixels are drawn for one of the layout's, fewer where the picture would be wider or higher than 6,000.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415  # heavy; only this file needs it

    sheet = full(data, credit or Credit())
    left, top, width, height = sheet.frame
    scale = min(scale, MOST / width, MOST / height)
    colours = tokens()["colour"]["light"]
    image = Image.new("RGB", (round(width * scale), round(height * scale)), colours["map"])
    pen = _Pen(ImageDraw.Draw(image, "RGBA"), left, top, scale, colours)
    at = {node.iri: node for node in data.nodes}
    for region in data.regions:
        pen.region(region)
    for edge in data.edges:
        a, b = at[edge.source], at[edge.target]
        faint = data.layout == "communities" and a.community != b.community
        pen.edge(a, b, edge, directed=data.directed, faint=faint)
    for node in data.nodes:
        pen.mark(node.kind, node.x, node.y, radius(node))
    for name in named(data.nodes).values():
        pen.name(name)
    for text in sheet.texts:
        pen.text(text)
    for sample in sheet.samples:
        pen.sample(sample)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=4, dpi=(96 * scale, 96 * scale))
    return out.getvalue()


class _Pen:
    def __init__(self, draw: Any, left: float, top: float, scale: float, colours: dict[str, str]) -> None:
        self.draw, self.left, self.top, self.scale, self.colours = draw, left, top, scale, colours

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def region(self, one: Region) -> None:
        box = [self.at(one.left, one.top), self.at(one.left + one.width, one.top + one.height)]
        self.draw.rounded_rectangle(box, 18 * self.scale, fill=self.colours["raised"], outline=self.colours["line"])
        if one.title:
            size = min(20.0, 1.8 * one.width / len(one.title))
            place = self.at(one.left + one.width / 2, one.top + 12)
            self.draw.text(place, one.title, self.colours["quiet"], _font(BODY, size * self.scale, 650), anchor="ma")

    def edge(self, a: Node, b: Node, edge: Edge, *, directed: bool, faint: bool) -> None:
        far = math.hypot(b.x - a.x, b.y - a.y) or 1
        ux, uy = (b.x - a.x) / far, (b.y - a.y) / far
        x1, y1 = a.x + ux * radius(a), a.y + uy * radius(a)
        x2, y2 = b.x - ux * (radius(b) + 4), b.y - uy * (radius(b) + 4)
        colour = self.colours["edge"] + ("4d" if faint else "")
        self.line(x1, y1, x2, y2, basis_of(edge), colour)
        if directed:
            tip = [(x2, y2), (x2 - ux * 9 - uy * 4, y2 - uy * 9 + ux * 4), (x2 - ux * 9 + uy * 4, y2 - uy * 9 - ux * 4)]
            self.draw.polygon([self.at(*point) for point in tip], fill=colour)

    def line(self, x1: float, y1: float, x2: float, y2: float, basis: str, colour: str) -> None:
        length = math.hypot(x2 - x1, y2 - y1) or 1
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        width = max(1, round((3.4 if basis == "both" else 1.5) * self.scale))
        for start, end in _dashes(length, dash_of(basis)):
            ends = [self.at(x1 + ux * start, y1 + uy * start), self.at(x1 + ux * end, y1 + uy * end)]
            self.draw.line(ends, fill=colour, width=width)

    def mark(self, name: str, x: float, y: float, size: float) -> None:
        style = kind(name)
        halo = [self.at(x + px * (size + 2), y + py * (size + 2)) for px, py in style.points]
        self.draw.polygon(halo, fill=self.colours["halo"])
        self.draw.polygon([self.at(x + px * size, y + py * size) for px, py in style.points], fill=style.light)
        place = self.at(x, y + style.text_offset * size)
        self.draw.text(place, style.code, "#ffffff", _font(BODY, size * 0.86 * self.scale, 700), anchor="mm")

    def name(self, name: Name) -> None:
        anchor = {"middle": "ma", "start": "la", "end": "ra"}[name.anchor]
        halo = {"stroke_width": max(1, round(1.7 * self.scale)), "stroke_fill": self.colours["halo"]}
        for i, line in enumerate(name.lines):
            place = self.at(name.x, name.top + i * SIZE * LEADING)
            self.draw.text(place, line, self.colours["ink"], _font(BODY, SIZE * self.scale, 500), anchor=anchor, **halo)

    def text(self, one: Text) -> None:
        face = _font(TITLE, one.size * self.scale, 500) if one.title else _font(BODY, one.size * self.scale, 400)
        self.draw.text(self.at(one.x, one.y), one.words, self.colours[one.tone], face, anchor="ls")

    def sample(self, one: Sample) -> None:
        if one.kind:
            self.mark(one.kind, one.x, one.y, one.size)
        else:
            self.line(one.x, one.y, one.x + one.size, one.y, one.basis, self.colours["edge"])


@cache
def _font(name: str, size: float, weight: int) -> Any:
    """Return the pages' own face where the browser code was built, else the one that Pillow brings."""
    from PIL import ImageFont, features  # noqa: PLC0415

    file = FACES / name
    if not file.is_file() or not features.check("freetype2"):
        return ImageFont.load_default(size=max(4.0, size))
    face = ImageFont.truetype(file, max(4.0, size))
    face.set_variation_by_axes([weight])
    return face


def _dashes(length: float, pattern: list[float]) -> list[tuple[float, float]]:
    if not pattern:
        return [(0.0, length)]
    on, off = pattern
    count = int(length // (on + off)) + 1
    return [(i * (on + off), min(length, i * (on + off) + on)) for i in range(count)]
