"""Search and maps from Python."""

import xml.etree.ElementTree as ET

import pytest

from asckg import AsckgError


def test_search_finds_by_acronym_and_forgives_a_slip(trains):
    assert trains.search("GoP")[0].label == "Guild of Porters"
    assert trains.search("Guilt of Porters")[0].label == "Guild of Porters"


def test_search_can_keep_to_a_kind(trains):
    assert {hit.kind for hit in trains.search("lamps", kind="barrier")} == {"barrier"}


def test_a_map_shows_itself_as_well_formed_svg_without_planted_markup(trains):
    drawing = trains.map("funding")
    assert len(drawing.data.nodes) > 2
    picture = drawing._repr_html_()
    ET.fromstring(picture)  # noqa: S314 - our own picture
    assert "<img" not in picture


def test_a_map_that_is_none_names_those_there_are(trains):
    with pytest.raises(AsckgError, match="funding"):
        trains.map("treasure")
