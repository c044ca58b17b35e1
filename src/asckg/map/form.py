"""A map in the form that a file's suffix names."""

from __future__ import annotations

from collections.abc import Callable

from asckg.error import AsckgError
from asckg.map import export
from asckg.map.data import MapData
from asckg.map.png import as_png
from asckg.map.sheet import Credit
from asckg.map.standalone import as_html
from asckg.map.svg import as_svg

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def written(data: MapData, form: str, credit: Credit | None = None) -> bytes:
    """Return the map as the bytes of a file that says what `credit` holds.

    `AsckgError` names the forms when there is none of that name.
    """
    credit = credit or Credit()
    makers: dict[str, Callable[[], str | bytes]] = {
        "html": lambda: as_html(data, credit),
        "json": lambda: export.as_json(export.as_value(data, str, export.short_name, version=credit.version)),
        "csv": lambda: export.as_csv(data),
        "graphml": lambda: export.as_graphml(data),
        "gexf": lambda: export.as_gexf(data),
        "svg": lambda: as_svg(data, credit),
        "png": lambda: as_png(data, credit),
    }
    if form not in makers:
        raise AsckgError(f"a map has no form {form!r}; it has {', '.join(MEDIA_TYPES)}")
    made = makers[form]()
    return made.encode() if isinstance(made, str) else made
