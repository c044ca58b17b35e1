"""Drawings: a map as Python programs hold it, and as a notebook shows it."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

from asckg.engine import Engine
from asckg.error import AsckgError
from asckg.map.build import make_map
from asckg.map.data import MapData
from asckg.map.png import as_png
from asckg.map.sheet import Credit
from asckg.map.standalone import as_html
from asckg.map.svg import as_svg
from asckg.question import Question
from asckg.search.index import LabelIndex

_HEIGHT = 640


@dataclass(frozen=True)
class Drawing:
    """A map with its nodes, edges and positions in `data`, of this version of the data."""

    data: MapData
    version: str = ""

    def svg(self) -> str:
        """Return the map as SVG with a legend, for a report."""
        return as_svg(self.data, Credit(self.version))

    def png(self) -> bytes:
        """Return the map as PNG with a legend, for a report."""
        return as_png(self.data, Credit(self.version))

    def html(self) -> str:
        """Return the map as one page that opens without a network; raise `AsckgError` without the browser code."""
        return as_html(self.data, Credit(self.version))

    def __repr__(self) -> str:
        return f"{self.data.title}: {len(self.data.nodes)} things, {len(self.data.edges)} links"

    def _repr_html_(self) -> str:
        page = html.escape(self.html())
        return (
            f'<iframe title="{html.escape(self.data.title)}" srcdoc="{page}" width="100%" height="{_HEIGHT}" '
            'style="border:0" sandbox="allow-scripts allow-downloads"></iframe>'
        )


def draw(
    engine: Engine,
    labels: LabelIndex,
    questions: Mapping[str, Question],
    name: str,
    values: Mapping[str, str] | None = None,
) -> Drawing:
    """Return a map by the name of its query; raise `AsckgError` where there is none of that name."""
    question = questions.get(name)
    if question is None or question.map is None:
        known = ", ".join(sorted(known for known, one in questions.items() if one.map)) or "none"
        raise AsckgError(f"there is no map {name!r}; there are {known}")
    return Drawing(make_map(engine, labels, question, values), engine.version)
