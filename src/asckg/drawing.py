"""Drawings: a map as Python programs hold it, and as a notebook shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from asckg.engine import Engine
from asckg.error import AsckgError
from asckg.map.build import make_map
from asckg.map.data import MapData
from asckg.map.svg import as_svg
from asckg.question import Question
from asckg.search.index import LabelIndex


@dataclass(frozen=True)
class Drawing:
    """A map with its nodes, edges and positions in `data`."""

    data: MapData

    def svg(self) -> str:
        """Return the map as SVG with a legend, for a report."""
        return as_svg(self.data)

    def __repr__(self) -> str:
        return f"{self.data.title}: {len(self.data.nodes)} things, {len(self.data.edges)} links"

    def _repr_html_(self) -> str:
        return self.svg()


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
    return Drawing(make_map(engine, labels, question, values))
