"""Acronyms told where they stand: each with the name behind it, once in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from asckg.engine import Engine

NAMED = "SELECT ?acronym ?label WHERE { ?thing asc:acronym ?acronym ; skos:prefLabel ?label }"


class Acronyms:
    """The acronyms of a graph that stand for one thing each."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = known
        either = "|".join(re.escape(one) for one in sorted(known, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<![\w-])({either})(?![\w-])") if known else None

    def told(self, text: str) -> str | Markup:
        """Return the text with each acronym in it, the first time, as an `abbr` that gives the name."""
        if self._pattern is None or not (parts := self._pattern.split(text))[1:]:
            return text
        seen: set[str] = set()
        out = Markup()
        for at, part in enumerate(parts):
            if at % 2 and part not in seen:
                seen.add(part)
                out += Markup('<abbr title="{}">{}</abbr>').format(self.known[part], part)
            else:
                out += part
        return out


def read_acronyms(engine: Engine) -> Acronyms:
    """Return the acronyms of the default graph; one that stands for several things is left out."""
    found: dict[str, set[str]] = {}
    for acronym, label in engine.select(NAMED).rows:
        if acronym and label:
            found.setdefault(acronym.value, set()).add(label.value)
    return Acronyms({acronym: next(iter(labels)) for acronym, labels in found.items() if len(labels) == 1})
