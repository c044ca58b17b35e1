"""The plain characters of a copy, without mark-up, each with its offset."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

BREAK = "\u00ad"
"""Stands in a `Run` for a hyphen at a line end: part of the word, or only of the line."""

_MARKUP = re.compile(
    r"""
      !?\[(?P<link>[^\]]*)\]\([^)]*\)              # [text](address)
    | \[(?P<reference>[^\]^]+)\]\[[^\]]*\]         # [text][label]
    | (?P<footnote>\[\^[^\]]+\])                   # [^1]
    | <(?P<address>(?:https?://|mailto:)[^>\s]+)>  # <address>
    | (?P<tag></?(?:a|abbr|b|br|em|i|span|strong|sub|sup|u)\b[^>]*>)
    | \\(?P<escaped>[!-/:-@\[-`{-~])               # \*
    | (?P<star>\*+)
    | (?P<emphasis>(?<!\w)_+|_+(?!\w))
    | (?P<wrap>(?<=\w)[-\u2010\u00ad][^\S\n]*\n\s*(?=\w))
    | (?P<invisible>[\u00ad\u200b\u200c\u200d\u2060\ufeff])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Run:
    """Characters in reading order and, for each, where it stands in the copy.

    >>> run = clean("as *Reading [on](#) trains*")
    >>> run.text
    'as Reading on trains'
    >>> run.start(3, 10), run.end(3, 10)
    (4, 11)
    """

    text: str
    offsets: tuple[int, ...]

    def start(self, begin: int, _end: int) -> int:
        """Return the offset in the copy of the first character of a slice."""
        return self.offsets[begin]

    def end(self, _begin: int, end: int) -> int:
        """Return the offset in the copy just after the last character of a slice."""
        return self.offsets[end - 1] + 1

    def join(self, other: "Run") -> "Run":
        """Return this run with another after it: one space between, or a `BREAK` where a word was cut."""
        if re.search(r"\w[-\u2010\u00ad]$", self.text) and re.match(r"\w", other.text):
            return Run(self.text[:-1] + BREAK + other.text, self.offsets + other.offsets)
        return Run(f"{self.text} {other.text}", (*self.offsets, self.offsets[-1], *other.offsets))


def clean(text: str, base: int = 0) -> Run:
    """Return the plain characters of `text`: no link or emphasis mark-up, white space collapsed.

    `base` is the offset of `text` in the copy. A hyphen at a line end comes out as `BREAK`. Stars in pairs are
    emphasis; one without a partner is a footnote mark and stays.
    """
    characters: list[str] = []
    offsets: list[int] = []
    for character, offset in _plain(text):
        for part in unicodedata.normalize("NFKC", character) if character != BREAK else BREAK:
            if part.isspace():
                if not characters or characters[-1] == " ":
                    continue
                part = " "  # noqa: PLW2901  # every kind of white space counts as one space
            characters.append(part)
            offsets.append(base + offset)
    while characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    return Run("".join(characters), tuple(offsets))


def _plain(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    stars = [match.start() for match in _MARKUP.finditer(text) if match.lastgroup == "star"]
    lone = stars[-1] if len(stars) % 2 else -1
    for match in _MARKUP.finditer(text):
        yield from zip(text[at : match.start()], range(at, match.start()), strict=True)
        kind = match.lastgroup or ""
        if kind in {"link", "reference", "address"}:
            begin = match.start(kind)
            yield from ((c, begin + o) for c, o in _plain(match[kind]))
        elif kind == "star" and match.start() == lone:
            yield "*", lone
        elif kind == "escaped":
            yield match[kind], match.start(kind)
        elif kind == "wrap":
            yield BREAK, match.start()
        elif kind == "tag" and match[0].startswith("<br"):
            yield " ", match.start()
        at = match.end()
    yield from zip(text[at:], range(at, len(text)), strict=True)
