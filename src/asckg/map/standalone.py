"""A map as one HTML file that asks nobody for anything: pyvis with a template of our own that holds vis-network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from asckg.caveat import CAVEAT
from asckg.error import AsckgError
from asckg.map.data import MapData
from asckg.map.export import as_value, short_name
from asckg.map.sheet import Credit
from asckg.style import kind, tokens

BUILT = Path(__file__).with_name("static")
TEMPLATES = Path(__file__).with_name("template")


def as_html(data: MapData, credit: Credit | None = None) -> str:
    """Return the map as one HTML page with its filters, panel and table, to be opened from disk.

    Raises `AsckgError` when the browser code was never built.
    """
    credit = credit or Credit()
    network = _network(data)
    page = as_value(data, lambda iri: iri, short_name, version=credit.version)
    network.templateEnv = _environment()
    network.templateEnv.globals.update(
        page=page,
        label={node["id"]: node["label"] for node in page["nodes"]},
        legend=[(kind(name), count) for name, count in data.kinds.items()],
        facets=[facet for facet in _facets(data) if facet[2]],
        basis=tokens()["basis"],
        note=CAVEAT,
        credit=str(credit),
        style=_built("standalone.css"),
        script=_built("standalone.js"),
    )
    return str(network.generate_html(name="map.html", notebook=False))


def style_sheet() -> Any:
    """Return the style sheet of stand-alone files, safe to stand in a page."""
    return _built("standalone.css")


def _network(data: MapData) -> Any:
    """Return pyvis's network: plain-text titles, given positions, physics off."""
    from pyvis.network import Network  # noqa: PLC0415  # heavy; only this file needs it

    network = Network(directed=data.directed, cdn_resources="in_line")
    network.path = "standalone.html"
    network.options.physics.enabled = False
    for node in data.nodes:
        network.add_node(short_name(node.iri), label=node.label, x=node.x, y=node.y, physics=False)
    # add_edge looks through all edges each time, so they are put in place at once.
    network.edges = [{"from": short_name(e.source), "to": short_name(e.target), "arrows": "to"} for e in data.edges]
    return network


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  # comes with pyvis

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _built(name: str) -> Any:
    from markupsafe import Markup  # noqa: PLC0415  # comes with jinja2

    path = BUILT / name
    if not path.is_file():
        raise AsckgError(f"the browser code is missing in {BUILT}; run `make web`, or install the wheel again")
    text = path.read_text(encoding="utf-8")
    closing = "</script" if name.endswith("js") else "</style"
    return Markup(text.replace(closing, closing.replace("/", "\\/")))  # noqa: S704  # our own built file


def _facets(data: MapData) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        ("basis", "Basis", choices(data, "basis")),
        ("settings", "Setting", choices(data, "setting")),
        ("sections", "Section", choices(data, "section")),
    ]


def choices(data: MapData, facet: str) -> list[tuple[str, str]]:
    """Return what a facet can be filtered by: name and label, by label."""
    found = {value for edge in data.edges for value in getattr(edge, facet)}
    return sorted(((short_name(iri), data.names.get(iri, iri)) for iri in found), key=lambda pair: pair[1])


def read_back(text: str) -> dict[str, Any]:
    """Return the data that such a file holds."""
    start = text.index('id="map-data">') + len('id="map-data">')
    found: dict[str, Any] = json.loads(text[start : text.index("</script>", start)])
    return found
