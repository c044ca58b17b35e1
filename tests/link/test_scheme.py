"""Funders with a programme beside their name, pairs of acronyms, and other forms that tables of awards have."""

import pytest

from asckg.link.linker import Linker
from asckg.link.match import Matcher
from asckg.link.nameindex import NameIndex
from asckg.link.record import Record
from asckg.link.screen import Screen
from asckg.link.text import fold
from asckg.link.work import compare_works

RECORDS = [
    Record("trust", "Porridge Trust", acronyms=("PT",), country="GB", types=("funder",)),
    Record("fund", "Toast Fund", aliases=("Marmalade Breakfast Trust",), country="GB", types=("funder",)),
    Record("oats", "Oat Science Council", acronyms=("OSC",), country="GB", types=("funder",)),
    Record("school", "OSC School for Brewed Tea Research", acronyms=("SBTR",), country="GB", types=("funder",)),
    Record("centre", "OSC Leeds Brewing Centre", acronyms=("BC", "OSC BC"), country="GB", types=("facility",)),
    Record("bakery", "Universität Brötchen", country="DE", places=("Brötchen",), types=("education",)),
    Record("quay", "Queen's University Quayside", country="GB", places=("Quayside",), types=("education",)),
    Record("lund", "Lunds universitet", country="SE", places=("Lund",), types=("education",)),
    Record("osaka", "Kumquat University", aliases=("金柑大学",), country="JP", places=("Osaka",), types=("education",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(NameIndex.of(RECORDS))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Porridge Trust Early Career Fellowship", "trust"),
        ("Porridge Trust Institutional Strategic Support Fund 204826/Z/16/Z", "trust"),
        ("Toast Fund - Second Helpings programme", "fund"),
        ("Toast Fund (formerly the Marmalade Breakfast Trust) AB1802/34", "fund"),
        ("OSC SBTR", "school"),
        ("UniversitÃ¤t BrÃ¶tchen, Institut fÃ¼r Teig", "bakery"),
        ("School of Tea, Queens Univ. Quayside, N. Ireland", "quay"),
        ("Lunds universitet, Socialhögskolan", "lund"),
        ("金柑大学 生活科学研究科", "osaka"),
        ("金柑大学大学院人間環境学研究院", "osaka"),
    ],
)
def test_what_stands_beside_a_name_does_not_hide_it(matcher, text, key):
    (found,) = matcher.match([text])
    assert (found.band, found.candidates[0].record.key) == ("accepted", key), found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("OSC studentship OS/N013700/1", "oats"),
        ("OSC/PT (OS/V020536/1)", "oats"),
        ("Breakfast Research Programme of the Porridge Trust", "trust"),
        ("Porridge Trust Milk Partnership", "trust"),
        ("Porridge Trust through the Toaster Council's funding scheme", "trust"),
        ("OSC BC", "centre"),
        ("金柑大学 付属病院 社会学科", "osaka"),
    ],
)
def test_an_acronym_or_what_may_be_another_body_waits_for_a_person(matcher, text, key):
    (found,) = matcher.match([text])
    assert (found.band, found.candidates[0].record.key) == ("review", key), found


@pytest.mark.parametrize("text", ["Porridge Centre Fellowship", "Toaster Trust Fellowship", "ABC studentship"])
def test_a_programme_of_a_funder_that_is_not_there_is_no_match(matcher, text):
    (found,) = matcher.match([text])
    assert found.band == "none"


@pytest.mark.parametrize("text", ["OSC SBTR", "OSC studentship", "Porridge Trust Early Career Fellowship"])
def test_screen_lets_a_funder_with_its_programme_through(text):
    assert Screen(NameIndex.of(RECORDS)).may_match(text)


def test_letters_that_were_broken_are_put_right_and_whole_ones_are_left():
    assert fold("UniversitÃ© de MontrÃ©al â€“ Ã‰cole") == "universite de montreal ecole"
    assert fold("UNIVERSIDADE DE SÃO PAULO") == "universidade de sao paulo"


COUNCILS = [
    Record("RIC", "London Borough of Porridge upon Toast", country="GB"),
    Record("NWP", "Newport City Council", country="GB"),
    Record("CMN", "Carmarthenshire County Council", country="GB"),
    Record("PTE", "Peterborough City Council", country="GB"),
    Record("LCE", "Leicester City Council", country="GB"),
    Record("CBF", "Central Bedfordshire Council", country="GB"),
    Record("WFT", "London Borough of Waltham Forest", country="GB"),
]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("London Borough Porridge", "RIC"),
        ("Cyngor Dinas Casnewydd", "NWP"),
        ("Cyngor Sir Gâr", "CMN"),
        ("Peterboro City Council", "PTE"),
        ("Leicester C. C.", "LCE"),
        ("Central Beds", "CBF"),
        ("LB Waltham Forrest", "WFT"),
    ],
)
def test_councils_are_known_by_welsh_and_shortened_names(text, key):
    (found,) = Linker(COUNCILS).run([Record("1", text, country="GB")])
    assert found.band != "none"
    assert found.options[0].thing.key == key


def test_a_title_may_have_an_acronym_for_words_of_the_other():
    ours = Record("1", "Learning from RPPs: a framework", kind="work", authors=("Oat, A.",), year=2022)
    theirs = Record(
        "2", "Learning from Research-Practice Partnerships: A Framework", kind="work", authors=("Oat, A.",), year=2022
    )
    assert compare_works(ours, theirs).similarity > 0.97


def test_a_title_in_capitals_or_cut_after_four_words_is_told_as_before():
    whole = Record("1", "The use of toast (mostly) in care homes", kind="work", authors=("Oat, A.",), year=2022)
    for text in ("THE USE OF TOAST (MOSTLY) IN CARE HOMES", "The use of toast"):
        ours = Record("2", text, kind="work", authors=("Oat, A.",), year=2022)
        assert compare_works(ours, whole).similarity > 0.93


def test_titles_that_differ_by_their_country_are_not_one_work():
    ours = Record("1", "Health and social care in Wales: ten years on", kind="work", authors=("Oat, A.",), year=2021)
    theirs = Record(
        "2", "Health and social care in England: ten years on", kind="work", authors=("Oat, A.",), year=2021
    )
    assert compare_works(ours, theirs).doubts == ("another country",)


def test_a_body_and_its_acronym_are_one_author():
    ours = Record("1", "Application guidance for porridge", kind="work", authors=("Oat Science Council",), year=2018)
    theirs = Record("2", "Application guidance for porridge", kind="work", authors=("OSC",), year=2018)
    assert not compare_works(ours, theirs).doubts
