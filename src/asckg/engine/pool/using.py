"""Put the data set that the protocol names into the text of an update (SPARQL 1.1 Protocol, section 2.2.3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
    |(?P<other><[^<>"{}|^`\\\x00-\x20]*>|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|[?$]\w+|[\w.-]*:(?:[\w.:%-]|\\.)*)
    |(?P<word>\w+)|(?P<open>\{)|(?P<close>\})|(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_IRI = re.compile(r'[^<>"{}|^`\\\x00-\x20]+')


class ConflictError(ValueError):
    """The update names its data set in the text and by the protocol."""


@dataclass(frozen=True)
class _Mark:
    """A place outside all braces: a word, or a whole block in braces."""

    word: str
    start: int
    end: int


def _marks(text: str) -> Iterator[_Mark]:
    depth, start = 0, 0
    for match in _TOKEN.finditer(text):
        if match["open"]:
            start = match.start() if depth == 0 else start
            depth += 1
        elif match["close"]:
            depth -= 1
            if depth == 0:
                yield _Mark("{}", start, match.end())
        elif match["word"] and depth == 0:
            yield _Mark(match["word"].upper(), match.start(), match.end())


def with_data_set(text: str, default: Sequence[str] | None, named: Sequence[str] | None) -> str:
    """Return `text` with USING clauses for the graphs in every operation that has a pattern.

    Raises ConflictError where the text has USING or WITH itself, ValueError for what is not an IRI.
    """
    if default is None and named is None:
        return text
    for iri in [*(default or ()), *(named or ())]:
        if not _IRI.fullmatch(iri):
            raise ValueError(f"{iri!r} is not an IRI")
    clauses = "".join([f"USING <{iri}> " for iri in default or ()] + [f"USING NAMED <{iri}> " for iri in named or ()])
    marks = list(_marks(text))
    if any(mark.word in ("USING", "WITH") for mark in marks):
        raise ConflictError("the data set is named by using-graph-uri and in the update by USING or WITH; keep one")
    pieces: list[str] = []
    done = 0
    for index, mark in enumerate(marks):
        if mark.word != "WHERE" or index == 0:
            continue
        pieces.append(text[done : mark.start])
        if marks[index - 1].word == "DELETE" and index + 1 < len(marks):
            block = marks[index + 1]  # DELETE WHERE is short for a DELETE of its own pattern
            pieces.append(text[block.start : block.end] + " ")
        pieces.append(clauses)
        done = mark.start
    return "".join(pieces) + text[done:]
