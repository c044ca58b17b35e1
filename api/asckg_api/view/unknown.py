"""Names that the graph does not know: which they are, and what has a name like them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from asckg.search.index import Hit
from asckg.style import tokens
from asckg_api.view.book import Book
from asckg_api.view.link import full, short

FEW = 3


def unknown(mine: Book, names: Iterable[str]) -> list[str]:
    """Return those of the names (`org-nihr`, `voc/care-home`, prefixed or full) that nothing in the graph bears."""
    wanted = {name: full(name) for name in names}
    known = mine.labels.look_up(wanted.values())
    return [name for name, iri in wanted.items() if iri not in known]


def near(mine: Book, name: str, kinds: Sequence[str] = (), among: Sequence[Hit] = ()) -> list[Hit]:
    """Return a few things whose name is like an unknown one, of these kinds, or of those that may be chosen."""
    local = short(full(name)).rpartition("/")[2].rpartition("#")[2]
    words = local.replace("-", " ").replace("_", " ")
    allowed = {hit.iri for hit in among}
    first, _, rest = words.partition(" ")
    for text in (rest, words) if first in ("org", *tokens()["kind"]) else (words, rest):
        found = mine.labels.search(text, kinds, 200 if allowed else FEW) if text.strip() else []
        if kept := [hit for hit in found if not allowed or hit.iri in allowed]:
            return kept[:FEW]
    return []


def said(mine: Book, names: Sequence[str], kinds: Sequence[str] = (), among: Sequence[Hit] = ()) -> str:
    """Return one sentence a name: that the graph does not know it, and which it may have meant."""
    return " ".join(_said(name, near(mine, name, kinds, among)) for name in names)


def _said(name: str, hits: Sequence[Hit]) -> str:
    meant = ", ".join(f"{hit.label} ({short(hit.iri)})" for hit in hits)
    return f"This graph knows nothing named {short(full(name))}." + (f" Near it: {meant}." if meant else "")
