"""The tokens of a Turtle file with their lines: what a parser throws away and an editor needs."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r'''
      (?P<comment>\#[^\n]*)
    | (?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
                |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<mark>\^\^|[;,\[\]()])
    | (?P<directive>@(?:prefix|base)\b|(?i:prefix|base)(?=\s))
    | (?P<number>[+-]?(?:\d+\.?\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)(?![\w:]))
    | (?P<name>(?:[\w-]+(?:\.+[\w-]+)*)?:(?:[\w:%-]|\\.)*(?:\.+(?:[\w:%-]|\\.)+)*)
    | (?P<stop>\.)
    | (?P<word>@?[\w-]+)
    ''',
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of a Turtle file: its kind, its text, and its line and column, counted from 1."""

    kind: str
    text: str
    line: int
    column: int


class Block(NamedTuple):
    """The statements about one subject: the subject as written, and the line it stands on."""

    subject: str
    line: int
    column: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a Turtle file; what is no token is left out, for the parser to complain of."""
    line, begin, at = 1, 0, 0
    for match in _TOKEN.finditer(text):
        newlines = text.count("\n", at, match.start())
        if newlines:
            line += newlines
            begin = text.rfind("\n", at, match.start()) + 1
        yield Token(str(match.lastgroup), match[0], line, match.start() - begin + 1)
        inside = match[0].count("\n")
        if inside:
            line += inside
            begin = match.start() + match[0].rfind("\n") + 1
        at = match.end()


def blocks(text: str) -> list[Block]:
    """Return the blocks of a Turtle file in order; subjects are written as in the file (`r:a`, `<…>`, `[`)."""
    found: list[Block] = []
    depth = 0
    state = "subject"
    for token in tokens(text):
        if token.kind == "comment":
            continue
        if state == "subject":
            state = "directive" if token.kind == "directive" else "inside"
            left = 3 if token.text.lower() in {"@prefix", "prefix"} else 2
            sparql = token.kind == "directive" and not token.text.startswith("@")
            if state == "inside":
                found.append(Block(token.text, token.line, token.column))
        if state == "directive":
            left -= 1
            if token.kind == "stop" or (sparql and left == 0):
                state = "subject"
            continue
        depth += (token.text in {"[", "("}) - (token.text in {"]", ")"}) if token.kind == "mark" else 0
        if token.kind == "stop" and depth == 0:
            state = "subject"
    return found


def head_comments(text: str) -> list[str]:
    """Return the comments before the first statement of a file."""
    head = []
    for token in tokens(text):
        if token.kind != "comment":
            break
        head.append(token.text)
    return head


def stray_comments(text: str) -> list[Token]:
    """Return the comments after the first statement of a file."""
    found = [token for token in tokens(text) if token.kind == "comment"]
    return found[len(head_comments(text)) :]
