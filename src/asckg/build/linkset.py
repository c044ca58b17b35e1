"""Linksets: how many things of the data set are linked to each system of identifiers, and by which predicate."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pyoxigraph as ox

from asckg.corpus import ACCEPTED
from asckg.namespace import LINK_PREFIXES, PREFIXES

_MATCH = (PREFIXES["skos"], "Match")
_SCHEMES = sorted(LINK_PREFIXES.items(), key=lambda one: -len(one[1]))  # the longest first: some lie in others


class Linkset(NamedTuple):
    """Links of one predicate into one system of identifiers: its prefix and name space, and how many links."""

    predicate: str
    scheme: str
    space: str
    links: int

    @property
    def name(self) -> str:
        """A local name, such as `linkset-ror-exactMatch`."""
        return f"linkset-{self.scheme}-{self.predicate.removeprefix(_MATCH[0])}"


def linksets(store: ox.Store) -> Iterator[Linkset]:
    """Yield the linksets of the accepted links, in the order of their names; systems that are not known have none."""
    found: Counter[tuple[str, str, str]] = Counter()
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(ACCEPTED)):
        predicate, value = quad.predicate.value, quad.object
        if not (predicate.startswith(_MATCH[0]) and predicate.endswith(_MATCH[1]) and isinstance(value, ox.NamedNode)):
            continue
        for scheme, space in _SCHEMES:
            if value.value.startswith(space):
                found[predicate, scheme, space] += 1
                break
    yield from sorted((Linkset(*key, total) for key, total in found.items()), key=lambda one: one.name)
