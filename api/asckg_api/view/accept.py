"""What a client accepts: media ranges with their quality (RFC 9110, section 12.5.1)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

_CACHED = 512  # distinct headers remembered
ANYTHING = "*/*"


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


@lru_cache(_CACHED)
def ranges(header: str) -> dict[str, float]:
    """Return the media ranges, or encodings, of a header in lower case with their quality."""
    found: dict[str, float] = {}
    for item in header.split(","):
        name, *parameters = item.split(";")
        name = name.strip().lower()
        if name:
            found[name] = max(_quality(parameters), found.get(name, 0.0))
    return found


def quality(media_type: str, header: str) -> float:
    """How much the client wants `media_type`, by the most specific range that covers it; 0 is not at all."""
    wanted = ranges(header)
    for one in (media_type, media_type.split("/", 1)[0] + "/*", ANYTHING):
        if one in wanted:
            return wanted[one]
    return 0.0


def best(header: str, forms: Mapping[str, str]) -> str | None:
    """Return the form that the client wants most, the first of equals; None when it takes none that there is.

    `forms` has the form by media type, the one for clients that do not mind first.

    >>> best("text/html;q=0.5, text/csv", {"application/json": "json", "text/html": "html", "text/csv": "csv"})
    'csv'
    >>> best("image/png", {"text/html": "html"}) is None
    True
    """
    wanted = header if header.strip() else ANYTHING
    media_type = max(forms, key=lambda one: quality(one, wanted))
    return forms[media_type] if quality(media_type, wanted) > 0 else None
