"""Citations of the shipped documents: none put on a claim that its sentence does not cite, none dropped."""

import pytest

from asckg.graph import Graph
from asckg.namespace import compact

CARRIED = """
  ?claim a asc:Claim ; prov:wasDerivedFrom ?sentence ; asc:hasEvidenceLine ?carrier .
  { ?carrier cito:citesAsEvidence ?work . ?pointer c4o:denotes/biro:references ?work }
  UNION { ?carrier asc:citedAs ?pointer }
"""
FAULTS = {
    "a work on a line that no sentence of the claim cites": """
        SELECT ?line ?work WHERE {
          ?claim a asc:Claim ; asc:hasEvidenceLine ?line . ?line cito:citesAsEvidence ?work .
          FILTER NOT EXISTS {
            ?claim prov:wasDerivedFrom ?sentence .
            ?pointer dct:isPartOf ?sentence ; c4o:denotes/biro:references ?work } }""",
    "a citation on a line that stands in no sentence of the claim": """
        SELECT ?line ?pointer WHERE {
          ?claim a asc:Claim ; asc:hasEvidenceLine ?line . ?line asc:citedAs ?pointer .
          FILTER NOT EXISTS { ?claim prov:wasDerivedFrom ?sentence . ?pointer dct:isPartOf ?sentence } }""",
    "a citation that no claim of its sentence carries": f"""
        SELECT ?sentence ?pointer WHERE {{
          ?pointer a c4o:InTextReferencePointer ; dct:isPartOf ?sentence .
          FILTER EXISTS {{ ?any a asc:Claim ; prov:wasDerivedFrom ?sentence }}
          FILTER NOT EXISTS {{ {CARRIED} }} }}""",
    "a citation that has an entry and is given as one that has none": """
        SELECT ?line ?pointer WHERE { ?line asc:citedAs ?pointer . ?pointer c4o:denotes ?entry }""",
    "an entry that two positions of the list share": """
        SELECT ?one ?other WHERE {
          ?one a biro:BibliographicReference ; dct:isPartOf ?list ; schema:position ?position .
          ?other a biro:BibliographicReference ; dct:isPartOf ?list ; schema:position ?position .
          FILTER(?one != ?other) }""",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_shipped_graph_has_no_such_fault(fault: str, graph: Graph) -> None:
    rows = graph.query(FAULTS[fault]).rows
    assert [tuple(compact(term.value) for term in row if term is not None) for row in rows] == []
