"""Comparing: what a curator calls a change, between two versions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from asckg.diff.version import Facts, Version
from asckg.namespace import compact, expand
from asckg.term import Term, Triple

_LINE = expand("asc:hasEvidenceLine")
_BASIS = expand("asc:basis")
_LABEL = expand("skos:prefLabel")
_SAYS = "asc:paraphrase"
_TYPE = expand("rdf:type")
_IDENTIFIER = expand("schema:identifier")
_MATCHES = frozenset(
    expand(f"skos:{name}") for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
) | {_IDENTIFIER}
_INNER = ("asc:Claim", "asc:EvidenceLine", "sssom:Mapping")


@dataclass(frozen=True)
class Edit:
    """One property that differs: its values before and after, in words."""

    name: str
    property: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What is not the same between two versions; names are prefixed names, in order.

    `edits` are of claims that stand in both (also in their evidence), `labels` and `others` of other things.
    """

    old: Version
    new: Version
    claims_added: tuple[str, ...]
    claims_withdrawn: tuple[str, ...]
    edits: tuple[Edit, ...]
    labels: tuple[Edit, ...]
    links_added: tuple[Triple, ...]
    links_removed: tuple[Triple, ...]
    things_added: tuple[str, ...]
    things_removed: tuple[str, ...]
    others: tuple[Edit, ...]

    @property
    def triples_added(self) -> list[Triple]:
        """Return the triples that only the new version has, sorted."""
        return sorted(self.new.triples - self.old.triples)

    @property
    def triples_removed(self) -> list[Triple]:
        """Return the triples that only the old version has, sorted."""
        return sorted(self.old.triples - self.new.triples)

    def __bool__(self) -> bool:
        return self.old.triples != self.new.triples


def compare(old: Version, new: Version) -> Difference:
    """Return the difference between two versions."""
    before, after = old.of_kind("asc:Claim"), new.of_kind("asc:Claim")
    inner = _inner(old) | _inner(new)
    things_before, things_after = set(old.things) - inner, set(new.things) - inner
    both = things_before & things_after
    changed = {iri for iri in both if old.things[iri] != new.things[iri]}
    return Difference(
        old=old,
        new=new,
        claims_added=_sorted(after - before),
        claims_withdrawn=_sorted(before - after),
        edits=tuple(edit for iri in sorted(before & after) for edit in _claim_edits(old, new, iri)),
        labels=tuple(edit for iri in sorted(changed) for edit in _label_edits(old, new, iri)),
        links_added=_links(new, old),
        links_removed=_links(old, new),
        things_added=_sorted(things_after - things_before),
        things_removed=_sorted(things_before - things_after),
        others=tuple(edit for iri in sorted(changed) for edit in _other_edits(old, new, iri)),
    )


def _inner(version: Version) -> set[str]:
    return {iri for kind in _INNER for iri in version.of_kind(kind)}


def _sorted(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(compact(iri) for iri in iris))


def _links(one: Version, other: Version) -> tuple[Triple, ...]:
    found = {triple for triple in one.triples - other.triples if triple[1].value in _MATCHES}
    matched = {(subject.value, value.value) for subject, predicate, value in found if predicate.value != _IDENTIFIER}
    return tuple(
        sorted(
            (subject, predicate, value)
            for subject, predicate, value in found
            if predicate.value != _IDENTIFIER or (subject.value, value.value) not in matched
        )
    )


def _label_edits(old: Version, new: Version, iri: str) -> Iterator[Edit]:
    before, after = old.things[iri].get(_LABEL), new.things[iri].get(_LABEL)
    if before != after:
        yield Edit(compact(iri), "label", _words(old, before or ()), _words(new, after or ()))


def _other_edits(old: Version, new: Version, iri: str) -> Iterator[Edit]:
    before, after = old.things[iri], new.things[iri]
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name, frozenset()), after.get(name, frozenset())
        if was != now and name != _LABEL and name not in _MATCHES:
            yield Edit(compact(iri), compact(name), _words(old, was - now), _words(new, now - was))


def _claim_edits(old: Version, new: Version, iri: str) -> Iterator[Edit]:
    before, after = _flat(old, iri), _flat(new, iri)
    for name in sorted(before.keys() | after.keys(), key=lambda name: (name != _SAYS, name)):
        was, now = before.get(name, frozenset()), after.get(name, frozenset())
        if was != now:
            yield Edit(compact(iri), name, _words(old, was), _words(new, now))


def _flat(version: Version, iri: str) -> Facts:
    """Return a claim's properties with those of its evidence lines, named after the line's basis."""
    own = version.things[iri]
    flat = {compact(name): terms for name, terms in own.items() if name not in (_LINE, _TYPE)}
    for line in own.get(_LINE, ()):
        facts = version.things.get(line.value, {})
        basis = "; ".join(_words(version, facts.get(_BASIS, ())))
        for name, terms in facts.items():
            if name != _TYPE:
                flat[f"{compact(name)} ({basis})"] = terms
    return flat


def _words(version: Version, terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(sorted(version.label(term.value) if term.kind == "iri" else term.value for term in terms))
