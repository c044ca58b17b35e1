"""Words copied from a source: runs that the graph's own texts share with a copy, names and titles excepted."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from asckg.finding import Finding
from asckg.namespace import ID, expand
from asckg.source.digest import fold
from asckg.source.document import Document
from asckg.source.record import Record

RUN = 10
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|\u00a3[\d.,]+")
_NAMED = ("org-", "person-", "programme-", "call-", "fellowship-", "partnership-", "place-", "work-", "policy-")
_NAMES = {expand(name) for name in ("skos:prefLabel", "skos:altLabel", "asc:acronym", "dct:title", "asc:printedAs")}


def copied(record: Record, document: Document) -> list[Finding]:
    """Return a finding (G106) for each text of the graph with `RUN` words in a row as in the copy.

    Registered names and titles of works are excepted: a run counts when any of its words is outside them. The lists
    of references and contributors are no prose and are not compared.
    """
    runs = {run for words in _prose(document) for run, _ in _runs(words)}
    names = _names(record, document)
    lines = {(file.path, s): block.line for file in record.files for s, block in file.subjects}
    found = []
    for file, subject, predicate, value in record.facts():
        if not isinstance(value, ox.Literal):
            continue
        words = _words(value.value)
        free = _outside_names(words, names)
        shared = next((run for run, at in _runs(words) if run in runs and any(free[at : at + RUN])), None)
        if shared:
            name = subject.removeprefix(ID)
            message = f"r:{name}: {predicate.rpartition('/')[2].rpartition('#')[2]} copies: {' '.join(shared)}"
            found.append(Finding(str(file.path), lines.get((file.path, subject), 0), 0, "G106", message, focus=name))
    return sorted(found)


def _prose(document: Document) -> Iterator[list[str]]:
    for section in document.sections:
        if not section.outline.entries:
            yield _words(" ".join(sentence.text for sentence in section.sentences()))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _runs(words: list[str]) -> Iterator[tuple[tuple[str, ...], int]]:
    for at in range(len(words) - RUN + 1):
        yield tuple(words[at : at + RUN]), at


def _names(record: Record, document: Document) -> set[tuple[str, ...]]:
    found = {tuple(_words(document.outline.title))}
    for _, subject, predicate, value in record.facts():
        if predicate in _NAMES and subject.removeprefix(ID).startswith(_NAMED):
            found.add(tuple(_words(value.value)))
    return {name for name in found if name}


def _outside_names(words: list[str], names: set[tuple[str, ...]]) -> list[bool]:
    free = [True] * len(words)
    for length in {len(name) for name in names}:
        for at in range(len(words) - length + 1):
            if tuple(words[at : at + length]) in names:
                free[at : at + length] = [False] * length
    return free
