"""Search and maps from Python."""

import re
import xml.etree.ElementTree as ET

import pytest

from asckg import AsckgError
from asckg.map.standalone import read_back


def test_search_finds_by_acronym_and_forgives_a_slip(trains):
    assert trains.search("GoP")[0].label == "Guild of Porters"
    assert trains.search("Guilt of Porters")[0].label == "Guild of Porters"


def test_search_can_keep_to_a_kind(trains):
    assert {hit.kind for hit in trains.search("lamps", kind="barrier")} == {"barrier"}


def test_a_map_is_well_formed_svg_without_planted_markup(trains):
    picture = trains.map("funding").svg()
    ET.fromstring(picture)  # noqa: S314 - our own picture
    assert "<img" not in picture


def test_a_notebook_shows_a_map_in_a_frame_of_its_own_that_asks_nobody(trains):
    drawing = trains.map("funding")
    shown = drawing._repr_html_()
    assert shown.startswith("<iframe")
    assert "<img" not in shown
    page = drawing.html()
    assert not re.search(r"""(?:src|href)=["']?https?://""", page)
    assert {node["label"] for node in read_back(page)["nodes"]} == {node.label for node in drawing.data.nodes}


def test_a_map_that_is_none_names_those_there_are(trains):
    with pytest.raises(AsckgError, match="funding"):
        trains.map("treasure")
