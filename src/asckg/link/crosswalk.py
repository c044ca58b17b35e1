"""Crosswalk: the identifiers of every thing, one column a scheme."""

from collections.abc import Iterator

from asckg.corpus import Corpus
from asckg.link.publish import decisions_in
from asckg.link.thing import things


def crosswalk_rows(corpus: Corpus) -> tuple[list[str], Iterator[list[str]]]:
    """Return the header and the rows: thing, kind, label, then the values of each scheme."""
    found = things(corpus, decisions_in(corpus.data / "links"))
    schemes = sorted({scheme for thing in found for scheme in thing.identifiers})
    rows = (
        [thing.key, thing.kind, thing.name, *(" | ".join(thing.identifiers.get(scheme, ())) for scheme in schemes)]
        for thing in found
        if thing.identifiers
    )
    return ["thing", "kind", "label", *schemes], rows
