"""Network exports, read back by networkx and pandas."""

import io
import json

import networkx as nx
import pandas as pd
import pytest

from asckg import AsckgError

NETWORKS = ("claims", "full", "claims-works", "co-citation", "coupling", "funding")
ID = "https://w3id.org/asckg/id/"


@pytest.mark.parametrize("network", NETWORKS)
def test_graphml_comes_back_with_nodes_edges_and_labels(trains, exported, network):
    wanted = trains.to_networkx(network)
    found = nx.read_graphml(io.BytesIO(exported("graphml", network)), force_multigraph=wanted.is_multigraph())
    assert (found.number_of_nodes(), found.number_of_edges()) == (wanted.number_of_nodes(), wanted.number_of_edges())
    assert nx.get_node_attributes(found, "label") == nx.get_node_attributes(wanted, "label")


@pytest.mark.parametrize("network", NETWORKS)
def test_gexf_comes_back_with_nodes_and_edges(trains, exported, network):
    wanted = trains.to_networkx(network)
    found = nx.read_gexf(io.BytesIO(exported("gexf", network)))
    assert (found.number_of_nodes(), found.number_of_edges()) == (wanted.number_of_nodes(), wanted.number_of_edges())
    assert nx.get_node_attributes(found, "label") == nx.get_node_attributes(wanted, "label")


def test_cytoscape_json_comes_back_as_the_same_graph(trains, exported):
    found = nx.cytoscape_graph(json.loads(exported("cytoscape")))
    assert set(found.nodes) == set(trains.to_networkx().nodes)


def test_csv_has_a_row_for_each_node_and_edge(trains, exported):
    network = trains.to_networkx()
    assert len(pd.read_csv(io.BytesIO(exported("nodes")))) == network.number_of_nodes()
    edges = pd.read_csv(io.BytesIO(exported("edges")))
    assert set(edges["id"]) == {key for _, _, key in network.edges(keys=True)}


def test_csv_makes_a_formula_inert(exported):
    nodes = pd.read_csv(io.BytesIO(exported("nodes"))).set_index("id")
    assert nodes.loc[f"{ID}org-branch-line-trust", "label"].startswith("'=Branch")


def test_an_unknown_network_is_an_error(exported):
    with pytest.raises(AsckgError, match="hairball"):
        exported("graphml", "hairball")
