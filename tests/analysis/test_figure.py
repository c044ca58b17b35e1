"""Figures of measures: what they draw and say of a graph that is small enough to count by hand."""

import xml.etree.ElementTree as ET

import pytest

from asckg import AsckgError
from asckg.analysis import FIGURES, MEASURES, brokers, figure
from asckg.analysis.chart import Bar, Chart
from asckg.graph import Graph

SVG = "{http://www.w3.org/2000/svg}"


def words(drawn):
    return [node.text for node in ET.fromstring(drawn.svg()).iter(f"{SVG}text")]  # noqa: S314 - our own picture


def test_every_measure_has_a_figure():
    assert FIGURES.keys() == MEASURES.keys()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_sound_svg_that_says_what_it_is_and_what_it_is_not(trains, name, mode):
    root = ET.fromstring(figure(trains, name).svg(mode))  # noqa: S314 - as above
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text
    assert any("not validated or endorsed" in (node.text or "") for node in root.iter(f"{SVG}text"))
    assert "href" not in "".join(str(node.attrib) for node in root.iter())


def test_a_work_is_drawn_with_the_claims_that_cite_it_alone_and_with_others(trains):
    found = figure(trains, "works")
    assert [(bar.label, bar.values) for bar in found.bars][:2] == [
        ("Guard et al. (1997)", (1, 1)),
        ("Guild of Porters (1996)", (1, 0)),
    ]
    assert [word for word in words(found) if word in found.series] == ["alone", "with other works"]


def test_a_gap_is_drawn_as_a_part_of_what_was_looked_at(trains):
    (barriers,) = [bar for bar in figure(trains, "gaps").bars if bar.kind == "barrier"]
    assert (barriers.values, barriers.said) == ((1, 1), "1 of 2")


def test_what_is_left_out_of_a_figure_is_said(trains):
    left = len(brokers(trains)) - 1
    assert f"and {left} more, left out of this figure" in words(figure(trains, "brokers", top=1))


def test_the_curve_of_concentration_marks_the_half(trains):
    found = figure(trains, "concentration")
    assert (found.half, found.running) == (1, (0.5, 0.75, 1.0))
    assert "the first 1 carry half" in words(found)


def test_a_figure_of_an_empty_graph_is_a_figure(tmp_path):
    (tmp_path / "nothing.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n")
    empty = Graph.open(tmp_path)
    for name in FIGURES:
        assert figure(empty, name).svg().startswith("<svg")


def test_a_label_cannot_put_markup_into_a_figure():
    drawn = Chart("t", "s", (Bar("<script>&", (1,)),), ("n",)).svg()
    assert "<script>" not in drawn
    assert "&lt;script&gt;&amp;" in drawn


def test_an_unknown_measure_is_named_with_those_there_are(trains):
    with pytest.raises(AsckgError, match="robustness"):
        figure(trains, "beauty")
