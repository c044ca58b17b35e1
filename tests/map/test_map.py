import csv
import io
import json
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import networkx as nx
import pytest

from asckg.map.build import kept_map, make_map
from asckg.map.data import Link, MapData, join
from asckg.map.export import as_csv, as_gexf, as_graphml
from asckg.map.layout import LAYOUTS, laid_out
from asckg.map.svg import as_svg
from asckg.search.gather import open_index
from asckg.style import kinds, tokens


@pytest.fixture(scope="session")
def labels(graph, tmp_path_factory):
    return open_index(graph.engine, tmp_path_factory.mktemp("label") / "label.sqlite")


@pytest.fixture(scope="session")
def funding(graph, labels):
    return make_map(graph.engine, labels, graph.questions["funding"])


@pytest.mark.parametrize("name", list(LAYOUTS))
def test_layout_is_the_same_twice_and_covers_no_node(funding, name):
    first, second = laid_out(funding, name), laid_out(funding, name)
    assert first.nodes == second.nodes
    places = [(node.x, node.y) for node in first.nodes]
    assert len(set(places)) == len(places)


def test_links_of_one_kind_between_two_things_are_one_edge_with_all_bases(labels):
    head = MapData("m", "M", "", "", (), (), {})
    links = [Link("a", "b", "k", {"basis": "v1"}), Link("a", "b", "k", {"basis": "v2"})]
    edges = join(head, links, labels).edges
    assert [edge.basis for edge in edges] == [("v1", "v2")]


def test_graphml_and_gexf_read_back_with_labels_and_every_link(funding):
    graphml = nx.read_graphml(io.BytesIO(as_graphml(funding)), force_multigraph=True)
    gexf = nx.read_gexf(io.BytesIO(as_gexf(funding)))
    for read in (graphml, gexf):
        assert read.number_of_nodes() == len(funding.nodes)
        assert read.number_of_edges() == len(funding.edges)
    assert {data["label"] for _, data in graphml.nodes(data=True)} == {node.label for node in funding.nodes}


def test_csv_has_one_row_a_link(funding):
    rows = list(csv.DictReader(io.StringIO(as_csv(funding))))
    assert len(rows) == len(funding.edges)
    assert {row["source"] for row in rows} == {edge.source for edge in funding.edges}


def test_no_cell_of_the_csv_begins_a_formula(labels):
    head = MapData("m", "m", "", "", (), (), {})
    made = join(head, [Link("=1+1", "b", "k")], labels)
    rows = list(csv.reader(io.StringIO(as_csv(made))))
    assert "'=1+1" in [cell for row in rows for cell in row]
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_svg_escapes_what_stands_in_labels(labels):
    head = MapData("m", "<script>x</script>", "", "", (), (), {})
    made = laid_out(join(head, [Link('<img src=x onerror="x">', "b", "k")], labels))
    root = ET.fromstring(as_svg(made))  # noqa: S314 - it was written a line ago
    assert not [element for element in root.iter() if element.tag.endswith(("script", "img"))]


def test_each_kind_has_a_code_of_its_own_and_a_shape_or_colour_that_differs():
    shown = list(kinds().values())
    assert len({kind.code for kind in shown}) == len(shown)
    assert all(kind.shape in tokens()["shape"] for kind in shown)
    same = [
        (a.name, b.name) for a in shown for b in shown if a.name < b.name and (a.shape, a.family) == (b.shape, b.family)
    ]
    assert sorted(same) == [("document", "reference"), ("document", "work"), ("reference", "work")]


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("mode", "ink"), [("light", "#ffffff"), ("dark", "#0e141c")])
def test_code_on_each_mark_has_the_contrast_of_text(mode, ink):
    for family in tokens()["family"].values():
        lighter, darker = sorted((_luminance(family[mode]), _luminance(ink)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_token_file_is_json_with_both_modes():
    assert set(tokens()["colour"]["light"]) == set(tokens()["colour"]["dark"])
    json.dumps(tokens())


def test_writers_of_one_map_at_one_time_do_not_meet(graph, labels, tmp_path):
    question = graph.questions["funding"]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: kept_map(tmp_path, graph.engine, labels, question), range(4)))
    assert all(one == made[0] for one in made)
    assert len(list(tmp_path.iterdir())) == 1
