"""How one RDF term is written in canonical Turtle."""

import re

import pyoxigraph as ox

from asckg.namespace import PREFIXES

_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?", re.ASCII)
_XSD = PREFIXES["xsd"]
_BARE = {
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}
_ESCAPES = {"\\": "\\\\", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\x85]")


class Names:
    """Writes IRIs as prefixed names, and remembers which prefixes it used."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self.used: dict[str, str] = {}

    def write(self, iri: str) -> str:
        """Return `prefix:local` where a prefix fits and the local name needs no escapes, else `<iri>`."""
        for prefix, namespace in self._prefixes:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used[prefix] = namespace
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def literal(self, literal: ox.Literal) -> str:
        """Return a literal: bare where Turtle has a short form, a long string where it has line breaks."""
        datatype = literal.datatype.value
        if datatype in _BARE and _BARE[datatype].fullmatch(literal.value):
            return literal.value
        text = quoted(literal.value)
        if literal.language:
            return f"{text}@{literal.language}"
        return text if datatype == f"{_XSD}string" else f"{text}^^{self.write(datatype)}"


def quoted(value: str) -> str:
    """Return a string in quotes, in three on each side when it spans lines."""
    escaped = "".join(_ESCAPES.get(c, c) for c in value)
    escaped = _CONTROL.sub(lambda c: "\\t" if c[0] == "\t" else f"\\u{ord(c[0]):04X}", escaped)
    if "\n" not in value:
        return '"' + escaped.replace('"', '\\"') + '"'
    escaped = escaped.replace('"""', '\\"\\"\\"')
    if escaped.endswith('"'):
        escaped = escaped[:-1] + '\\"'
    return f'"""{escaped}"""'
