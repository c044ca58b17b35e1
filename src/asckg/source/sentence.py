"""Where the sentences of a paragraph begin and end."""

import re
from collections.abc import Iterator

_STOP = re.compile(r"""[.?!]+['"\u2019\u201d)\]]*(?=\s|$)""")
_ABBREVIATION = re.compile(
    r"(?:^|[^\w.])(?:(?:et al|e\.g|i\.e|cf|ca|vs|viz|approx|[Dd]r|[Pp]rof|M[rsx]|Mrs|St|Rev|Hon)"
    r"|(?:[A-Z]\.\s?)*[A-Z])\.$"
)
_BEFORE_NUMBER = re.compile(r"(?:^|[^\w.])(?:pp?|nos?|vols?|eds?|chap|ch|figs?|tab|sect?|para)\.$", re.IGNORECASE)
_CITATION = re.compile(r"\s*\((?:see\b|cf\b|[^()]*\b(?:1[5-9]|20)\d\d[a-z]?\b)[^()]*\)\s?[.;]?(?=\s|$)", re.IGNORECASE)
_OPENING = re.compile(r"""\s+['"\u2018\u2019\u201c\u201d\u00ab(\[]*[A-Z0-9\u00c0-\u00de\u00a3$\u20ac]""")


def split(paragraph: str) -> list[tuple[int, int]]:
    """Return the begin and end of each sentence of a paragraph of plain text, in order.

    Abbreviations, initials and stops within brackets end no sentence; a citation in brackets after the stop stays
    with the sentence before it.

    >>> text = "Trains are loud (Guard et al., 1997). One, e.g. the 8.15, is not. (Porter, 1999) Most are."
    >>> [text[begin:end] for begin, end in split(text)]
    ['Trains are loud (Guard et al., 1997).', 'One, e.g. the 8.15, is not. (Porter, 1999)', 'Most are.']
    """
    spans = []
    begin = 0
    for end in _ends(paragraph):
        if paragraph[begin:end].strip():
            spans.append(_trimmed(paragraph, begin, end))
            begin = end
    if paragraph[begin:].strip():
        spans.append(_trimmed(paragraph, begin, len(paragraph)))
    return spans


def is_whole(text: str) -> bool:
    """Return whether a block of text ends as a sentence does (a colon counts: a list may follow)."""
    return re.search(r"""[.?!:]['"\u2019\u201d)\]*\u00b9\u00b2\u00b3]*$""", text) is not None


def _ends(text: str) -> Iterator[int]:
    at = 0
    while (stop := _STOP.search(text, at)) is not None:
        at = stop.end()
        if _ends_nothing(text, stop):
            continue
        while (citation := _CITATION.match(text, at)) is not None:
            at = citation.end()
        if at >= len(text) or _OPENING.match(text, at):
            yield at


def _ends_nothing(text: str, stop: re.Match[str]) -> bool:
    if stop.end() == len(text):
        return False
    before, after = text[: stop.start() + 1], text[stop.end() :]
    return (
        _is_bracketed(text, stop.end())
        or _ABBREVIATION.search(before) is not None
        or (_BEFORE_NUMBER.search(before) is not None and re.match(r"\s\d", after) is not None)
    )


def _is_bracketed(text: str, at: int) -> bool:
    opened = text.rfind("(", 0, at) > text.rfind(")", 0, at)
    closing, opening = text.find(")", at), text.find("(", at)
    return opened and closing >= 0 and (opening < 0 or closing < opening)


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    while text[begin].isspace():
        begin += 1
    while text[end - 1].isspace():
        end -= 1
    return begin, end
