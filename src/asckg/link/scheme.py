"""A funder's name in front of that of its programme: `Example Trust Early Career Fellowship`, `NIHR HTA programme`."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from asckg.link.text import canonical, fold, is_acronym, sort_of

_STRONG = frozenset(
    {"fellowship", "fellowships", "studentship", "studentships", "scholarship", "scholarships", "grant", "grants",
     "award", "awards", "bursary", "bursaries", "scheme", "schemes", "bourse", "beca", "becas", "bolsa", "stipend"}
)  # fmt: skip
"""What only a funder gives."""
_WEAK = frozenset(
    {"programme", "programmes", "program", "programs", "fund", "funds", "partnership", "partnerships", "initiative",
     "dtp", "cdt", "training", "project", "projects", "funding", "call", "stream"}
)  # fmt: skip
"""What a funder has, and what bodies of their own are called too."""
GIVES = _STRONG | _WEAK
_JOINS = frozenset({"and", "und", "et", "y", "e", "through", "via", "with", "jointly"})
_OF = re.compile(r"(?i)\b(\w+) (?:of|from|by|at|von|der|del|du|de) (?:the )?")
_HEAD = re.compile(r"([A-Z][A-Za-z&.-]*[A-Z])(?:\s+|\s*/\s*)(\S+)")
_MOST = 12


class Given(NamedTuple):
    """The folded name of a funder, and `scheme` or, where a person should look, `given`."""

    folded: str
    how: str


def funders_in(text: str, known: Callable[[str], bool], *, cut: bool = False) -> Iterator[Given]:
    """Yield the funders that a text names beside a programme; `known` says whether a folded text is a whole name.

    `cut` says that words of thanks or an award number were taken off the text, so that it names a funder.

    >>> list(funders_in("Example Trust Early Career Fellowship", {"example trust"}.__contains__))
    [Given(folded='example trust', how='scheme')]
    >>> [given.folded for given in funders_in("NIHR HTA programme", set().__contains__)]
    ['nihr']
    """
    folded = fold(text)
    words = folded.split()[:_MOST]
    gives = not GIVES.isdisjoint(words)
    if not gives and not cut and not text[1:2].isupper():
        return  # most texts: no programme, and no acronym in front
    head = _HEAD.match(text)
    if not gives and not cut and not (head and is_acronym(head[2])):
        return
    if head and is_acronym(head[1]):
        yield Given(fold(head[1]), "given")
    if gives:
        yield from _after(folded, known)
    if not gives and not cut:
        return
    for size in range(len(words) - 1, 0, -1):
        name, rest = " ".join(words[:size]), set(words[size:])
        if known(name):
            sure = bool(rest & _STRONG) or (cut and bool(rest & _WEAK))
            yield Given(name, "scheme" if sure and not _names_more(rest) else "given")
            return


def _names_more(words: set[str]) -> bool:
    """Say whether words may name another body: `… through the Example Council's scheme`, `… and …`."""
    return not _JOINS.isdisjoint(words) or any(sort_of(canonical(word)) == "kind" for word in words - GIVES)


def _after(folded: str, known: Callable[[str], bool]) -> Iterator[Given]:
    """Yield the funder behind its programme: `Example Programme of the Example Trust`."""
    for found in _OF.finditer(folded):
        rest = folded[found.end() :]
        if found[1] in GIVES and known(rest):
            yield Given(rest, "given")
            return
