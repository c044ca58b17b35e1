"""Gaps: barriers without a remedy, remedies without evidence, settings without evidence.

A gap here is a gap in these sources, never in the world.
"""

from dataclasses import dataclass
from typing import Literal

from asckg.engine import Engine
from asckg.graph import Graph
from asckg.named import labels
from asckg.namespace import compact

Kind = Literal[
    "barrier-without-remedy", "remedy-without-literature", "setting-without-claim", "setting-without-literature"
]
_BARRIERS = """
SELECT ?thing (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?thing a asc:Barrier . OPTIONAL { ?claim asc:subject ?thing }
  FILTER NOT EXISTS { ?answer asc:predicate asc:addresses ; asc:object ?thing }
} GROUP BY ?thing ORDER BY DESC(?claims) ?thing
"""
_REMEDIES = """
SELECT ?thing (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim asc:subject ?thing . { ?thing a asc:Enabler } UNION { ?thing a asc:Recommendation }
  FILTER NOT EXISTS { ?other asc:subject ?thing ; asc:hasEvidenceLine/asc:basis v:literature }
} GROUP BY ?thing ORDER BY DESC(?claims) ?thing
"""
_SETTINGS = """
SELECT ?thing (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?cited) AS ?literature) WHERE {
  ?thing skos:inScheme v:settings .
  OPTIONAL {
    ?claim asc:setting ?thing
    OPTIONAL { ?claim asc:hasEvidenceLine/asc:basis v:literature BIND(?claim AS ?cited) }
  }
} GROUP BY ?thing ORDER BY ?thing
"""
_TOTALS = """
SELECT ?barriers ?remedies ?settings WHERE {
  { SELECT (COUNT(DISTINCT ?b) AS ?barriers) WHERE { ?b a asc:Barrier } }
  { SELECT (COUNT(DISTINCT ?r) AS ?remedies) WHERE {
    ?claim asc:subject ?r . { ?r a asc:Enabler } UNION { ?r a asc:Recommendation }
  } }
  { SELECT (COUNT(DISTINCT ?s) AS ?settings) WHERE { ?s skos:inScheme v:settings } }
}
"""


@dataclass(frozen=True)
class Gap:
    """Something that these sources leave open, and how many claims there are about it."""

    kind: Kind
    name: str
    label: str
    claims: int


def gaps(graph: Graph) -> list[Gap]:
    """Return the gaps: barriers that nothing addresses, remedies that no literature supports, empty settings."""
    engine = graph.engine
    return [
        *_counted(engine, "barrier-without-remedy", _BARRIERS),
        *_counted(engine, "remedy-without-literature", _REMEDIES),
        *_settings(engine),
    ]


def totals(graph: Graph) -> dict[Kind, int]:
    """Return how many things each kind of gap was looked for among."""
    rows = graph.engine.select(_TOTALS).rows
    barriers, remedies, settings = (int(term.value) if term else 0 for term in rows[0])
    return {
        "barrier-without-remedy": barriers,
        "remedy-without-literature": remedies,
        "setting-without-claim": settings,
        "setting-without-literature": settings,
    }


def _counted(engine: Engine, kind: Kind, query: str) -> list[Gap]:
    counted = [(thing.value, int(claims.value)) for thing, claims in engine.select(query).rows if thing and claims]
    names = labels(engine, [iri for iri, _ in counted])
    return [Gap(kind, compact(iri), names[iri], claims) for iri, claims in counted]


def _settings(engine: Engine) -> list[Gap]:
    rows = engine.select(_SETTINGS).rows
    counted = [(t.value, int(c.value), int(cited.value)) for t, c, cited in rows if t and c and cited]
    names = labels(engine, [iri for iri, *_ in counted])
    made = []
    for iri, claims, cited in counted:
        if not cited:
            kind: Kind = "setting-without-literature" if claims else "setting-without-claim"
            made.append(Gap(kind, compact(iri), names[iri], claims))
    return made
