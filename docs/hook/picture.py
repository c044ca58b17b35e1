"""Pictures that are drawn from the data when the site is built, so that none is older than what it shows."""

from asckg.analysis import figure
from asckg.graph import Graph


def pictures() -> dict[str, str]:
    """Return the SVG of each drawn picture, by its place in the site."""
    with Graph.open() as graph:
        return {
            "picture/funding.svg": graph.map("funding").svg(),
            "picture/gap.svg": figure(graph, "gaps").svg(),
            "picture/work.svg": figure(graph, "works").svg(),
        }
