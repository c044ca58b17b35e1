"""The catalogue of the shipped graph says what is in it."""

from asckg.graph import Graph
from asckg.namespace import PREFIXES

LINKSETS = """
SELECT ?space ?predicate ?links ?counted {
  ?set a void:Linkset ; void:linkPredicate ?predicate ; void:objectsTarget/void:uriSpace ?space ; void:triples ?links ;
    ^void:subset ?data ; void:subjectsTarget ?data
  { SELECT ?space ?predicate (COUNT(*) AS ?counted) {
      { SELECT DISTINCT ?space { ?set a void:Linkset ; void:objectsTarget/void:uriSpace ?space } }
      GRAPH <https://w3id.org/asckg/graph/links-accepted> {
        ?thing ?predicate ?other FILTER(STRSTARTS(STR(?predicate), STR(skos:)) && STRENDS(STR(?predicate), "Match"))
      }
      FILTER(STRSTARTS(STR(?other), ?space) && (?space != "https://doi.org/" || !CONTAINS(STR(?other), "/10.13039/")))
    } GROUP BY ?space ?predicate }
}
"""
LINKS = """
SELECT (COUNT(*) AS ?all) { GRAPH <https://w3id.org/asckg/graph/links-accepted> {
  ?thing ?predicate ?other FILTER(STRSTARTS(STR(?predicate), STR(skos:)) && STRENDS(STR(?predicate), "Match"))
} }
"""


def test_every_accepted_link_is_in_one_linkset_and_the_numbers_are_right(graph: Graph) -> None:
    rows = graph.query(LINKSETS).rows
    links = [int(row[2].value) for row in rows]
    assert {"https://ror.org/", "https://isni.org/isni/", "https://doi.org/10.13039/"} <= {row[0].value for row in rows}
    assert links == [int(row[3].value) for row in rows]
    assert sum(links) == int(graph.query(LINKS).rows[0][0].value) > 0


def test_the_vocabularies_are_those_that_classes_and_properties_come_from(graph: Graph) -> None:
    told = {row[0].value for row in graph.query("SELECT ?v { ?data a dcat:Dataset ; void:vocabulary ?v }").rows}
    terms = graph.query("SELECT DISTINCT ?term { ?d (void:class|void:property) ?term }").rows
    used = {space for space in PREFIXES.values() if any(row[0].value.startswith(space) for row in terms)}
    assert told == used
    assert {PREFIXES["asc"], PREFIXES["schema"], PREFIXES["dct"]} <= told
