"""Findings about query files: their header, their syntax, and what they must not join."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from asckg.error import AsckgError
from asckg.finding import Finding
from asckg.namespace import with_prefixes
from asckg.question import Question, parse

_TESTIMONY = re.compile(r"stakeholder-testimony|asc:quantifier")
_PEOPLE = re.compile(r"foaf:Person|\br:person-|id/person-|xmlns\.com/foaf/0\.1/Person")
_PLACE = re.compile(r"at (\d+):(\d+): (.*)", re.DOTALL)
_LINE = re.compile(r":(\d+): ")


def query_findings(path: Path) -> Iterator[Finding]:
    """Yield what is wrong with one file of `queries/`."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield Finding(str(path), 0, 0, "G021", f"cannot be read: {error}")
        return
    try:
        question = parse(content, path)
    except AsckgError as error:
        message = str(error).removeprefix(str(path))
        place = _LINE.match(message)
        yield Finding(str(path), int(place[1]) if place else 1, 0, "G017", _LINE.sub("", message, count=1))
        return
    yield from _syntax(question)
    if _TESTIMONY.search(content) and _PEOPLE.search(content):
        yield Finding(
            str(path), 1, 0, "G020", "joins testimony, which is anonymous, with people; ask for one of the two"
        )


def _syntax(question: Question) -> Iterator[Finding]:
    try:
        ox.Store().query(with_prefixes(question.text))
    except SyntaxError as error:
        place = _PLACE.search(error.msg or "")
        line, column, reason = (int(place[1]), int(place[2]), place[3]) if place else (1, 0, error.msg or "no SPARQL")
        yield Finding(str(question.path), line, column, "G018", " ".join(reason.split()))
