"""What is wrong with a file that is no Turtle, in words that say what to do; the parser's own words where none fit."""

import re
from itertools import islice
from pathlib import Path

_REASONS: tuple[tuple[str, str], ...] = (
    (
        r"A dot is expected",
        (
            "{seen} stands where the statement before it should have ended; end that with ' .', or with ' ;' if {seen} "
            "is another property of the same thing"
        ),
    ),
    (r"Line jumps are not allowed", "a text that begins on this line has no closing quote; add it"),
    (
        r"Unexpected end",
        (
            "the file ends in the middle of a statement; look for a closing quote or bracket that is missing, or the "
            "last full stop"
        ),
    ),
    (
        r"(.*) is not a valid RDF object",
        (
            "there is no value before {0}; write a name, a text in quotes or a number, or take away the comma or the "
            "property before it"
        ),
    ),
    (
        r"(.*) is not a valid predicate",
        "{0} stands where a property is due; write one, such as skos:prefLabel, or look for a ',' that should be ';'",
    ),
    (
        r"(.*) is not a valid subject",
        (
            "{0} stands where a new thing begins; write its name with its prefix, such as r:org-nihr, or look at the "
            "statement before it"
        ),
    ),
    (r"Invalid IRI code point (.*)", "an IRI in < > holds {0}, which no IRI can; write it in %-form, or take it out"),
    (r"No scheme found", "{seen} is no whole IRI; write it in full, as <https://\u2026>, or as a prefixed name"),
    (r"(?:.* )?should end with a '?(\W)'?", "a bracket is not closed; write {0} before this place"),
    (r"A language code", "no language stands after @; write one, such as @en"),
    (r"Expecting a datatype IRI", "no datatype stands after ^^; write one, such as ^^xsd:date"),
    (r"Unexpected escape character '(.*)'", "{0} is no escape in a text; write \\\\ for a backslash"),
    (
        r"'(.*)' is not allowed at the beginning of a prefix name",
        "a prefixed name cannot hold {0!r}; write the IRI in < >",
    ),
)
_NOISE = re.compile(r"^Parser error (?:at|between) .*?: ", re.DOTALL)
_TOKEN = re.compile(r"\S+")
_LONGEST = 40


def reason(message: str, text: str, line: int, column: int) -> str:
    """Return what is wrong and what to do, for a message of the parser about a place that counts from 1.

    >>> reason("A language code should always start with a letter", "", 1, 1)
    'no language stands after @; write one, such as @en'
    """
    for pattern, said in _REASONS:
        if found := re.match(pattern, message):
            return said.format(*(group[:_LONGEST] for group in found.groups()), seen=_seen(text, line, column))
    return f"this cannot be read: {message}"


def fault(path: Path, error: SyntaxError, text: str | None = None) -> tuple[int, int, str]:
    """Return line, column and reason of what the parser refused in a file; its line is read where no text is given."""
    line, column = error.lineno or 1, error.offset or 1
    said = _NOISE.sub("", error.msg or "unknown")
    if text is not None:
        return line, column, reason(said, text, line, column)
    with path.open(encoding="utf-8", errors="replace") as file:
        return line, column, reason(said, next(islice(file, line - 1, None), ""), 1, column)


def refusal(path: Path, error: SyntaxError, text: str | None = None) -> str:
    """Return `path:line:column: reason` for what the parser refused in a file."""
    line, column, said = fault(path, error, text)
    return f"{path}:{line}:{column}: {said}"


def _seen(text: str, line: int, column: int) -> str:
    lines = text.splitlines()
    token = _TOKEN.search(lines[line - 1], max(column - 1, 0)) if 0 < line <= len(lines) else None
    return token[0][:_LONGEST] if token else "the end"
