"""Pictures for a report: every name has room, and the sheet says what it is, of what, and from where."""

import io
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from PIL import Image

from asckg.map.build import make_map
from asckg.map.data import Link, MapData, join
from asckg.map.layout import laid_out
from asckg.map.naming import named, room
from asckg.map.packing import packed
from asckg.map.png import as_png
from asckg.map.sheet import Credit, full
from asckg.map.svg import as_svg
from asckg.style import kind

EVIL = '<img src=x onerror="window.planted=1"><script>window.planted=1</script>'
CREDIT = Credit("0123abcd", "23 November 2026", "https://example.org/maps/funding")


@pytest.fixture(scope="module")
def funding(graph):
    return make_map(graph.engine, graph.labels, graph.questions["funding"])


def box(node):
    left, right, up, down = room(node)
    return node.x - left, node.x + right, node.y - up, node.y + down


def covers(a, b):
    return a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]


@pytest.mark.parametrize("name", ["funding", "barriers", "partnerships", "evidence", "whole", "infrastructure"])
def test_no_name_covers_another_or_a_mark_in_the_layout_of_a_shipped_map(graph, name):
    made = make_map(graph.engine, graph.labels, graph.questions[name])
    boxes = [box(node) for node in made.nodes]
    assert not [pair for pair in combinations(boxes, 2) if covers(*pair)]
    assert named(made.nodes).keys() == {node.iri for node in made.nodes}


def test_each_thing_stands_in_the_region_of_its_community_which_bears_a_name(graph):
    made = make_map(graph.engine, graph.labels, graph.questions["whole"])
    largest = made.regions[0]
    first = max((n for n in made.nodes if n.community == 0), key=lambda n: n.degree)
    assert largest.title == first.label
    inside = [n for n in made.nodes if largest.left <= n.x <= largest.left + largest.width
              and largest.top <= n.y <= largest.top + largest.height]  # fmt: skip
    assert {node.community for node in inside} == {0}
    assert len(inside) == sum(node.community == 0 for node in made.nodes)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 60])
def test_packed_rectangles_cover_nothing(count):
    sizes = [(40 + 17 * (i * i % 11), 30 + 13 * (i * 7 % 5)) for i in range(count)]
    corners = packed(sizes)
    boxes = [(x, x + w, y, y + h) for (x, y), (w, h) in zip(corners, sizes, strict=True)]
    assert not [pair for pair in combinations(boxes, 2) if covers(*pair)]


def test_svg_for_a_report_has_title_question_legend_names_and_where_it_comes_from(funding):
    root = ET.fromstring(as_svg(funding, CREDIT))  # noqa: S314 - it was written a line ago
    said = " ".join("".join(text.itertext()) for text in root.iter() if text.tag.endswith("text"))
    for words in (funding.title, funding.description, funding.read, *map(str, CREDIT.__dict__.values())):
        assert words in said
    for name, count in funding.kinds.items():
        style = kind(name)
        assert f"{count} {(style.label if count == 1 else style.plural).lower()}" in said
    drawn = said.replace(" ", "")
    assert [n.label for n in funding.nodes if n.label.replace(" ", "") not in drawn] == []


def test_sheet_holds_everything_within_its_frame(funding):
    sheet = full(funding, CREDIT)
    left, top, width, height = sheet.frame
    for node in funding.nodes:
        x0, x1, y0, y1 = box(node)
        assert left < x0 < x1 < left + width
        assert top < y0 < y1 < top + height
    assert all(left < text.x < left + width and top < text.y < top + height for text in sheet.texts)


def test_png_has_the_shape_of_the_sheet(funding):
    image = Image.open(io.BytesIO(as_png(funding, CREDIT)))
    _, _, width, height = full(funding, CREDIT).frame
    assert image.width / image.height == pytest.approx(width / height, rel=0.01)
    assert max(image.size) <= 6000


def test_planted_html_is_words_in_every_part_of_a_picture(graph):
    head = MapData("m", EVIL, EVIL, EVIL, (), (), {})
    made = laid_out(join(head, [Link(EVIL, "b", "k")], graph.labels), "communities")
    root = ET.fromstring(as_svg(made, Credit(EVIL, EVIL, EVIL)))  # noqa: S314 - it was written a line ago
    assert not [part for part in root.iter() if part.tag.endswith(("script", "img"))]
    assert as_png(made, Credit(EVIL, EVIL, EVIL))[:4] == b"\x89PNG"
