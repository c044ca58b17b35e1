"""The graph as networkx has it."""

import networkx as nx
import pytest

from asckg import AsckgError

ID = "https://w3id.org/asckg/id/"


def test_claims_are_typed_edges_of_a_directed_multigraph(trains):
    network = trains.to_networkx()
    assert isinstance(network, nx.MultiDiGraph)
    edge = network[f"{ID}barrier-dim-lamps"][f"{ID}activity-reading-on-trains"][f"{ID}claim-dim"]
    assert (edge["predicate"], edge["basis"], edge["works"]) == ("asc:hinders", "Literature", 1)
    assert network.nodes[f"{ID}barrier-dim-lamps"] == {
        "label": "Dim lamps",
        "kind": "asc:Barrier",
        "name": "r:barrier-dim-lamps",
    }


def test_claims_and_works_are_two_modes(trains):
    network = trains.to_networkx("claims-works")
    works = {node for node, mode in network.nodes(data="bipartite") if mode == 1}
    assert nx.bipartite.is_bipartite_node_set(network, works)
    assert len(works) == 3


def test_co_citation_counts_the_claims_that_cite_both(trains):
    network = trains.to_networkx("co-citation")
    assert network[f"{ID}work-guard-1997"][f"{ID}work-lamp-1998"]["weight"] == 1


def test_coupling_counts_the_works_that_two_things_share(trains):
    network = trains.to_networkx("coupling")
    assert network[f"{ID}barrier-dim-lamps"][f"{ID}barrier-no-quiet-carriage"]["weight"] == 1


def test_funding_follows_the_money_from_funder_to_member(trains):
    path = nx.shortest_path(trains.to_networkx("funding"), f"{ID}org-guild-of-porters", f"{ID}org-branch-line-trust")
    assert [node.removeprefix(ID) for node in path] == [
        "org-guild-of-porters",
        "programme-quiet-trains",
        "call-quiet-1998",
        "partnership-readers",
        "org-branch-line-trust",
    ]


def test_full_network_holds_sentences_and_evidence_lines(trains):
    kinds = set(nx.get_node_attributes(trains.to_networkx("full"), "kind").values())
    assert {"doco:Sentence", "asc:EvidenceLine", "asc:Claim"} <= kinds


def test_an_unknown_network_names_those_there_are(trains):
    with pytest.raises(AsckgError, match="co-citation"):
        trains.to_networkx("hairball")
