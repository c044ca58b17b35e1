"""Pictures that are drawn from the data when the site is built, so that none is older than what it shows."""

from asckg.analysis import figure
from asckg.graph import Graph


def pictures() -> dict[str, str]:
    """Return the SVG of each drawn picture, by its place in the site."""
    with Graph.open() as graph:
        drawn = {"picture/funding.svg": graph.map("funding").svg()}
        for name, measure in (("gap", "gaps"), ("work", "works")):
            found = figure(graph, measure)
            drawn |= {f"picture/{name}.svg": found.svg(), f"picture/{name}-dark.svg": found.svg("dark")}
        return drawn
