"""Choose among formats and encodings by the `Accept` headers (RFC 9110, section 12)."""

from collections.abc import Sequence
from functools import lru_cache

from asckg.engine.pool.format import GRAPH_FORMATS, RESULT_FORMATS, Format
from asckg_api.view.accept import quality, ranges

_CACHED = 512  # distinct headers remembered


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
