"""Choose among formats and encodings by the `Accept` headers (RFC 9110, section 12)."""

from collections.abc import Sequence
from functools import lru_cache

from asckg.engine.pool.format import GRAPH_FORMATS, RESULT_FORMATS, Format

_CACHED = 512  # distinct headers remembered


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
    for one in (media_type, media_type.split("/", 1)[0] + "/*", "*/*"):
        if one in wanted:
            return wanted[one]
    return 0.0


def _best(formats: Sequence[Format], header: str) -> Format | None:
    best = max(formats, key=lambda one: quality(one.media_type, header))  # the first of equals
    return best if quality(best.media_type, header) > 0 else None


@lru_cache(_CACHED)
def choose(header: str) -> tuple[Format | None, Format | None]:
    """Return the best format for rows and the best for graphs, None where the client accepts none that there is."""
    if not header.strip():
        return RESULT_FORMATS[0], GRAPH_FORMATS[0]
    return _best(RESULT_FORMATS, header), _best(GRAPH_FORMATS, header)


@lru_cache(_CACHED)
def prefers_html(header: str) -> bool:
    """Whether a page is what the client wants most: a browser, not a program that takes anything."""
    html = ranges(header).get("text/html", 0.0)
    return html > 0 and html >= max(quality(one.media_type, header) for one in (*RESULT_FORMATS, *GRAPH_FORMATS))


@lru_cache(_CACHED)
def choose_encoding(header: str) -> str:
    """`zstd`, `gzip` or an empty string for the body as it is."""
    wanted = ranges(header)
    options = [(wanted.get(name, wanted.get("*", 0.0)), name) for name in ("zstd", "gzip")]
    score, name = max(options, key=lambda one: one[0])
    return name if score > 0 and score >= wanted.get("identity", 0.0) else ""
