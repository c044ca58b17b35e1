"""One thing of the graph: its labels, what is said of it, what points at it, and its claims."""

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from asckg.claim import Claims, find_claims
from asckg.engine import Engine
from asckg.error import AsckgError
from asckg.named import Named, iri_of, labels
from asckg.namespace import expand
from asckg.term import Term, Triple

if TYPE_CHECKING:
    from rich.panel import Panel

_ALIASES = tuple(expand(name) for name in ("skos:altLabel", "asc:acronym"))
_TYPE = expand("rdf:type")
_SOURCE = expand("prov:wasDerivedFrom")


class Fact(NamedTuple):
    """A property and its value: a thing with its label, or a literal."""

    predicate: Named
    value: Named | Term

    def __str__(self) -> str:
        return f"{self.predicate.label}: {self.value}"


@dataclass(frozen=True)
class Entity:
    """A thing with everything that the graph says of it.

    `facts` are its own properties, `incoming` those of others that point at it (the first 100 of
    `incoming_count`), `sentences` the positions in the source that it was taken from.
    """

    iri: str
    label: str
    kinds: tuple[Named, ...]
    aliases: tuple[str, ...]
    facts: tuple[Fact, ...]
    incoming: tuple[Fact, ...]
    incoming_count: int
    sentences: tuple[Named, ...]
    claims: Claims

    @property
    def name(self) -> str:
        """Return the prefixed name."""
        return Named(self.iri, self.label).name

    def __str__(self) -> str:
        return self.label

    def __repr__(self) -> str:
        kinds = ", ".join(kind.label for kind in self.kinds)
        return f"{self.label} ({self.name}; {kinds}): {len(self.claims)} claims, {self.incoming_count} links to it"

    def __rich__(self) -> "Panel":
        from rich.panel import Panel  # noqa: PLC0415 - only a terminal needs it
        from rich.text import Text  # noqa: PLC0415 - as above

        lines = [*map(str, self.facts), "", *(f"• {claim.paraphrase}" for claim in self.claims)]
        kinds = ", ".join(kind.label for kind in self.kinds)
        return Panel(Text("\n".join(lines)), title=Text(self.label), subtitle=Text(kinds))

    def _repr_html_(self) -> str:
        facts = "".join(
            f"<tr><th scope=row>{html.escape(fact.predicate.label)}</th><td>{html.escape(str(fact.value))}</td></tr>"
            for fact in self.facts
        )
        kinds = html.escape(", ".join(kind.label for kind in self.kinds))
        return (
            f"<h3>{html.escape(self.label)}</h3><p>{kinds} <code>{html.escape(self.name)}</code></p>"
            f"<table>{facts}</table>{self.claims._repr_html_()}"
        )


def find_entity(engine: Engine, name: str) -> Entity:
    """Return the thing with this IRI, prefixed name or local name; raise `AsckgError` when the graph has none."""
    iri = iri_of(name)
    own = engine.describe(iri)
    count = engine.count_incoming(iri)
    if not own and not count:
        raise AsckgError(f"the graph has nothing named {name!r} ({iri}); look for it with search")
    inward = engine.incoming(iri)
    names = labels(engine, [iri, *(t.value for triple in (*own, *inward) for t in triple if t.kind == "iri")])

    def fact(predicate: Term, value: Term) -> Fact:
        shown = Named(value.value, names[value.value]) if value.kind == "iri" else value
        return Fact(Named(predicate.value, names[predicate.value]), shown)

    def links(predicate: str) -> tuple[Named, ...]:
        return tuple(Named(o.value, names[o.value]) for _, p, o in own if p.value == predicate and o.kind == "iri")

    return Entity(
        iri=iri,
        label=names[iri],
        kinds=links(_TYPE),
        aliases=tuple(sorted({o.value for _, p, o in own if p.value in _ALIASES})),
        facts=tuple(fact(p, o) for _, p, o in own if p.value not in (_TYPE, _SOURCE)),
        incoming=tuple(fact(p, s) for s, p, _ in _named_only(inward)),
        incoming_count=count,
        sentences=links(_SOURCE),
        claims=find_claims(engine, about=iri),
    )


def _named_only(triples: list[Triple]) -> list[Triple]:
    return [triple for triple in triples if triple[0].kind == "iri"]
