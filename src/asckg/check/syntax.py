"""Findings about the form of Turtle files: syntax, canonical form, blank nodes, prefixes."""

import re
from collections.abc import Iterator
from pathlib import Path

from asckg.check.material import Part, Source
from asckg.error import AsckgError
from asckg.finding import Finding
from asckg.namespace import PREFIXES
from asckg.turtle import Parsed, TurtleSyntaxError, canonical, parse
from asckg.turtle.token import tokens

_PREFIX = re.compile(r"(?i:@?prefix)\s+([\w-]*):\s*<([^>]*)>")
_BEGUN = re.compile(r"^([a-z][\w-]*):([\w-]+)", re.MULTILINE)
_UNDECLARED = re.compile(r"[Tt]he prefix ([\w-]+): has not been declared")


def read_source(path: Path, part: Part) -> tuple[Source | None, list[Finding]]:
    """Return a file parsed, or None, and what is wrong with its form."""
    try:
        parsed = parse(path)
    except TurtleSyntaxError as error:
        if undeclared := _UNDECLARED.search(error.reason):
            return None, [Finding(str(path), error.line, error.column, "G004", _declare(undeclared[1]))]
        return None, [Finding(str(path), error.line, error.column, "G001", error.reason)]
    except AsckgError as error:
        return None, [Finding(str(path), 0, 0, "G021", str(error).removeprefix(f"{path}: "))]
    source = Source(part, parsed)
    return source, [*_prefixes(source), *_blank(source), *_form(parsed)]


def names_begun(path: Path) -> Iterator[str]:
    """Yield the IRIs that stand at the beginning of a line, as subjects do in a file that does not parse."""
    for prefix, local in _BEGUN.findall(path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""):
        if prefix in PREFIXES:
            yield PREFIXES[prefix] + local


def _declare(prefix: str) -> str:
    if prefix in PREFIXES:
        return f"the prefix {prefix}: is not declared; add @prefix {prefix}: <{PREFIXES[prefix]}> ."
    return f"the prefix {prefix}: is neither declared nor one of the project's: {', '.join(PREFIXES)}"


def _prefixes(source: Source) -> Iterator[Finding]:
    parsed = source.parsed
    for match in _PREFIX.finditer(parsed.text):
        prefix, namespace = match.groups()
        # The ontology may map its terms to vocabularies that nothing else uses.
        is_foreign = prefix not in PREFIXES and source.part is not Part.DATA
        if PREFIXES.get(prefix) != namespace and not is_foreign:
            line = parsed.text.count("\n", 0, match.start()) + 1
            known = f"the project binds {prefix}: to <{PREFIXES[prefix]}>" if prefix in PREFIXES else "it is unknown"
            message = f"the prefix {prefix}: is bound to <{namespace}>; {known}"
            yield Finding(str(parsed.path), line, 0, "G004", message)


def _blank(source: Source) -> Iterator[Finding]:
    if source.part not in {Part.DATA, Part.SCHEME}:
        return
    for token in tokens(source.parsed.text):
        if token.text in {"[", "("} or (token.kind == "name" and token.text.startswith("_:")):
            message = f"a blank node ({token.text}) has no address; give the thing an IRI"
            yield Finding(str(source.path), token.line, token.column, "G003", message)


def _form(parsed: Parsed) -> Iterator[Finding]:
    try:
        made = canonical(parsed)
    except AsckgError as error:
        line = re.match(r".*?:(\d+): ", str(error).removeprefix(str(parsed.path)))
        message = re.sub(r"^:?\d*: ", "", str(error).removeprefix(str(parsed.path)))
        yield Finding(str(parsed.path), int(line[1]) if line else 0, 0, "G002", message)
        return
    if made != parsed.text:
        lines = zip(made.splitlines(), parsed.text.splitlines(), strict=False)
        first = next((n for n, (a, b) in enumerate(lines, 1) if a != b), 0)
        yield Finding(str(parsed.path), first, 0, "G002", "not in canonical form; run `asckg fmt`")
