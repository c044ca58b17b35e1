"""Names: a thing with its label, and the names by which a caller may mean it."""

from collections.abc import Iterable
from typing import NamedTuple

from asckg.engine import Engine
from asckg.error import AsckgError
from asckg.namespace import ID, PREFIXES, VOC, compact, expand
from asckg.term import Term

CHUNK = 500
_BAD = frozenset('<>"{}|\\^` \n\t')
_LABELS = """
SELECT ?thing ?label ?rank WHERE {
  VALUES ?thing { %s }
  { ?thing skos:prefLabel ?label . BIND(0 AS ?rank) }
  UNION { ?thing rdfs:label ?label . BIND(1 AS ?rank) }
  UNION { ?thing asc:paraphrase ?label . BIND(2 AS ?rank) }
  UNION { ?thing dct:title ?label . BIND(3 AS ?rank) }
}
"""


class Named(NamedTuple):
    """A thing's IRI and its label.

    >>> str(Named("https://w3id.org/asckg/id/org-nihr", "NIHR"))
    'NIHR'
    """

    iri: str
    label: str

    @property
    def name(self) -> str:
        """Return the prefixed name, such as `r:org-nihr`."""
        return compact(self.iri)

    def __str__(self) -> str:
        return self.label


def iri_of(name: str, base: str = ID) -> str:
    """Return the IRI that a caller means by an IRI, a prefixed name, or a local name below `base`.

    Raises `AsckgError` on anything that cannot be an IRI.

    >>> iri_of("org-nihr"), iri_of("v:care-home")
    ('https://w3id.org/asckg/id/org-nihr', 'https://w3id.org/asckg/voc/care-home')
    """
    prefix, colon, _ = name.partition(":")
    if not name or _BAD & set(name):
        raise AsckgError(f"{name!r} is not a name of a thing; give an IRI, or a name such as r:org-nihr, or search")
    if not colon:
        return base + name
    return expand(name) if prefix in PREFIXES else name


def concept_of(name: str) -> str:
    """Return the IRI of a concept: `care-home`, `v:care-home`, or the IRI itself."""
    return iri_of(name, VOC)


def values(iris: Iterable[str]) -> str:
    """Return IRIs as the data of a VALUES block; each is checked, so that none can end the block."""
    return " ".join(Term.iri(iri_of(iri)).ntriples() for iri in iris)


def labels(engine: Engine, iris: Iterable[str]) -> dict[str, str]:
    """Return the best label of each IRI: its preferred label, else a paraphrase or title, else its prefixed name."""
    wanted = list(dict.fromkeys(iris))
    best: dict[str, tuple[int, str]] = {}
    for start in range(0, len(wanted), CHUNK):
        for thing, label, rank in engine.select(_LABELS % values(wanted[start : start + CHUNK])).rows:
            if thing is None or label is None or rank is None:
                continue
            candidate = (int(rank.value), label.value)
            best[thing.value] = min(best.get(thing.value, candidate), candidate)
    return {iri: best[iri][1] if iri in best else compact(iri) for iri in wanted}
