"""What every engine offers, whichever store answers: the interface that pages, maps and questions use."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from asckg.term import Rows, Term, Triple

Bindings = Mapping[str, Term]


class Engine(Protocol):
    """A read-only SPARQL 1.1 data set.

    Texts are queries of our own or of a user; `bindings` bind variables that the query projects.
    A query that cannot be parsed raises `AsckgError` with line and column.
    """

    @property
    def version(self) -> str:
        """Return what changes when the data change; `ETag`s carry it."""
        ...

    def select(self, text: str, bindings: Bindings | None = None) -> Rows:
        """Return the rows of a SELECT."""
        ...

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        """Return the answer of an ASK."""
        ...

    def construct(self, text: str, bindings: Bindings | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE."""
        ...

    def serialize(self, text: str, media_type: str, bindings: Bindings | None = None) -> bytes:
        """Return any query's answer as `media_type`, one of those in `asckg.engine.media`."""
        ...

    def describe(self, iri: str) -> list[Triple]:
        """Return the triples of the default graph whose subject is `iri`."""
        ...

    def incoming(self, iri: str, limit: int = 100, offset: int = 0) -> list[Triple]:
        """Return up to `limit` triples of the default graph whose object is `iri`."""
        ...

    def count_incoming(self, iri: str) -> int:
        """Return how many triples of the default graph have `iri` as object."""
        ...


@runtime_checkable
class Closing(Protocol):
    """An engine that holds connections, which `close` ends."""

    def close(self) -> None:
        """End the connections."""
        ...
