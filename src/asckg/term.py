"""RDF terms and result rows as plain values, the same from every engine."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from asckg.error import AsckgError
from asckg.namespace import PREFIXES, compact

Kind = Literal["iri", "bnode", "literal"]
XSD = PREFIXES["xsd"]
STRING = XSD + "string"
LANG_STRING = PREFIXES["rdf"] + "langString"
_NUMBER = re.compile(r"(integer|decimal|double|float|int|long|nonNegativeInteger)$")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def not_an_iri(value: str) -> AsckgError:
    """Return the error for a name that makes no IRI."""
    return AsckgError(
        f"{value!r} is not an IRI: it has a character that none can have; check the name for typing errors"
    )


class Term(NamedTuple):
    """An IRI, a blank node or a literal.

    >>> Term.literal("5", XSD + "integer").python()
    5
    """

    kind: Kind
    value: str
    datatype: str | None = None
    language: str | None = None

    @classmethod
    def iri(cls, value: str) -> "Term":
        """Return an IRI term."""
        return cls("iri", value)

    @classmethod
    def literal(cls, value: str, datatype: str | None = None, language: str | None = None) -> "Term":
        """Return a literal; a plain one is an `xsd:string`."""
        return cls("literal", value, datatype or (LANG_STRING if language else STRING), language)

    def ntriples(self) -> str:
        """Return the term as N-Triples and SPARQL write it; raise AsckgError for an IRI that is none."""
        if self.kind == "iri":
            if _NOT_IN_IRI.search(self.value):  # written all the same, it would become a part of the query
                raise not_an_iri(self.value)
            return f"<{self.value}>"
        if self.kind == "bnode":
            return f"_:{self.value}"
        quoted = f'"{self.value.translate(_ESCAPES)}"'
        if self.language:
            return f"{quoted}@{self.language}"
        return quoted if self.datatype in (None, STRING) else f"{quoted}^^<{self.datatype}>"

    def python(self) -> object:
        """Return the value as Python has it: numbers and booleans as such, all else as text."""
        if self.kind == "literal" and self.datatype and self.datatype.startswith(XSD):
            name = self.datatype[len(XSD) :]
            if name == "boolean":
                return self.value in ("true", "1")
            if _NUMBER.match(name):
                return float(self.value) if name in ("decimal", "double", "float") else int(self.value)
        return self.value

    def __str__(self) -> str:
        return compact(self.value) if self.kind == "iri" else self.value


Row = tuple[Term | None, ...]
Triple = tuple[Term, Term, Term]


@dataclass(frozen=True)
class Rows:
    """The answer to a SELECT: column names and rows of terms, None where a variable is unbound."""

    columns: tuple[str, ...]
    rows: list[Row]

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, object]]:
        """Return one dict a row, values as Python has them, unbound variables as None."""
        return [
            {name: None if term is None else term.python() for name, term in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]
