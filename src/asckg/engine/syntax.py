"""Oxigraph's syntax errors in words for a reader, without the character classes of its grammar."""

import re

from asckg.namespace import PREFIXES

_PLACE = re.compile(r"(?:error )?at (\d+):(\d+): (.*)", re.DOTALL)
_CLASS = re.compile(r"\[(?:'[^']*'|\[|_|[^\]])*\]")
_NAME = re.compile(r"([^\W\d][\w.-]*)?:[^\s:]*$")
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_LONGEST = 200


def placed(message: str, text: str = "") -> tuple[int, int, str]:
    """Return line, column (from 1, or 0 where the engine tells none) and what is wrong with the query `text`."""
    match = _PLACE.match(message)
    if match is None:
        return 0, 0, message[:_LONGEST].strip()
    line, column = int(match[1]), int(match[2])
    if "Prefix not found" in match[3] and (prefix := _undeclared(text, line, column)) is not None:
        return line, column, f"the prefix {prefix}: is not declared; add PREFIX {prefix}: <…>"
    return line, column, _readable(match[3])


def told(message: str, text: str) -> str:
    """Return an engine's message in the same form, with the reason in words."""
    line, column, what = placed(message, text)
    return f"error at {line}:{column}: {what}" if line else what


def _undeclared(text: str, line: int, column: int) -> str | None:
    lines = text.splitlines()
    match = _NAME.search(lines[line - 1][: column - 1]) if line <= len(lines) else None
    if match is None:
        return None
    prefix = match[1] or ""
    return None if prefix in PREFIXES or prefix in _DECLARED.findall(text) else prefix


def _readable(what: str) -> str:
    found = re.sub(r"\s*,(?:\s*,)*\s*", ", ", _CLASS.sub("", what).replace("Prefix not found", "")).strip(" ,\n")
    found = found.replace("expected one of, ", "expected one of ")
    if found in ("", "expected", "expected one of"):
        return "the text ends too early or a character does not belong here"
    return found if len(found) <= _LONGEST else found[:_LONGEST].rsplit(",", 1)[0] + ", …"
