"""Names that nothing in the graph is like are told by their words: faster, and with the same outcome."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asckg.corpus import Corpus
from asckg.link.candidate import Match
from asckg.link.job import Wanted, opened
from asckg.link.linker import Linker
from asckg.link.match import Matcher
from asckg.link.nameindex import NameIndex
from asckg.link.outcome import Outcome
from asckg.link.record import Record
from asckg.link.screen import Screen
from asckg.link.segment import chunks, may_be_parted
from asckg.link.text import fold
from asckg.link.thing import things

THINGS = [
    Record("york", "University of York", acronyms=("UoY",)),
    Record("northumbria", "Northumbria University", aliases=("University of Northumbria at Newcastle",)),
    Record("hallam", "Sheffield Hallam University", country="GB"),
    Record("social", "Economic and Social Research Council", acronyms=("ESRC",)),
    Record("kent", "Kent County Council"),
    Record("north", "North Northamptonshire Council"),
    Record("care", "Policy Institute for Care Homes", aliases=("Care Homes Policy Institute",)),
    Record("tsinghua", "Tsinghua University", aliases=("清华大学",)),
    Record("trials", "Clinical Trust"),
    Record("goettingen", "University of Göttingen"),
]
PLACED = [replace(thing, places=("Leeds", "Sheffield")) for thing in THINGS]
INDEXES = [NameIndex.of(THINGS), NameIndex.of(PLACED)]
PAIRS = [(Screen(index), Matcher(index)) for index in INDEXES]
SCREEN = PAIRS[0][0]
NAMES = [name for thing in THINGS for name in (*thing.names, *thing.acronyms)]
OTHERS = (
    "Leeds",
    "Faculty of Medicine",
    "Institut",
    "(UK)",
    "St.",
    "and",
    "Hospital",
    "of",
    "Foundation",
    "A. B.",
    "3rd",
)


@pytest.mark.parametrize(
    "text",
    [
        "york university", "Univ. York, UK", "Dept of Physics; University of Yorkk", "UoY", "Someone (ESRC)",
        "E.S.R.C.", "North umbria University", "SheffieldHallam University", "Universitaet Goettingen", "Kent CC",
        "清华大学附属医院", "Northamptonshire County Council", "Northamptonshire CC", "Carehomes Policy Institute",
        "&amp;York University",
        "Cinical Trust", "Funded by the Cinical Trust", "Cinical Trust; Leeds", "Cinical Trust (12345)",
    ],
)  # fmt: skip
def test_a_text_that_may_mean_a_thing_is_let_through(text):
    assert SCREEN.may_match(text)


@pytest.mark.parametrize(
    "text",
    [
        "University of Leeds",
        "Care Institute",
        "Hospital, Barcelona",
        "Universität Leipzig",
        "New College",
    ],
)
def test_a_text_that_shares_nothing_telling_is_screened_out(text):
    assert not SCREEN.may_match(text)


@pytest.mark.parametrize(("text", "let"), [("Tsingtao Foods", False), ("Tsing Hua University", True)])
def test_a_text_that_only_begins_like_a_name_is_screened_out(text, let):
    assert Screen(NameIndex.of([Record("tsinghua", "Tsinghua University")])).may_match(text) is let


def damaged(name: str, place: int, how: int) -> str:
    place %= len(name)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    return (
        name, before + after, before + letter + letter + after, before + after[:1] + letter + after[1:],
        f"{before} {letter}{after}", f"{before}, {letter}{after}", name.replace(" ", "", 1), name.upper(),
        " ".join(reversed(name.split())), before + "." + after, f"{before}-{letter}{after}", before,
    )[how]  # fmt: skip


@settings(max_examples=1_500, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 11)), min_size=1, max_size=3),
    st.lists(st.sampled_from((*OTHERS, *NAMES)), max_size=2),
    st.sampled_from((" ", ", ", "; ", " / ", "-")),
    st.booleans(),
)
def test_whatever_is_screened_out_is_like_nothing(name, damages, others, mark, first):
    for place, how in damages:
        name = damaged(name, place, how) or name
    text = mark.join((name, *others) if first else (*others, name))
    for screen, matcher in PAIRS:
        found = Match(text, "none") if screen.may_match(text) else next(matcher.match([text], ["GB"], [("Leeds",)]))
        assert {found.band, *(other.band for other in found.others)} == {"none"}


AROUND = (
    "funded by the", "a grant from", "thanks to", "(grant AB/12345)", "no. 123456", "; and", " / ", "| x", "e-mail: ",
    "through its Programme", "under contract AB12345", "and the Institute of York, UK", "financiado por", "the", "a) ",
    "is acknowledged", "for supporting this", "Leeds Trust", "(UK)", "supportive", "Fellowship of", "gefördert durch",
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(AROUND), min_size=1, max_size=4))
def test_a_text_that_is_not_parted_is_one_affiliation_as_it_stands(pieces):
    text = " ".join(("Some", *pieces))
    if not may_be_parted(text, fold(text).split()):
        assert [" ".join(part.folded for part in chunk.segments) for chunk in chunks(text)] == [fold(text)]


def outcomes(rows: list[Record], *, screened: bool) -> list[tuple]:
    linker = Linker(things(Corpus.open()))
    if not screened:
        linker._screens.clear()
        linker._councils = dict.fromkeys(linker._councils, True)  # and each row is asked for councils that ended
    return [told(item) for item in linker.run(rows)]


def told(item: Outcome) -> tuple:
    if item.band == "none":
        return item.row.key, item.band, item.reason
    return item.row.key, item.band, [(o.thing.key, o.explain()) for o in item.options], item.margin, item.reason


@pytest.mark.parametrize("table", ["ror_gb.jsonl", "dfe_degree_institutions.csv", "labelled_ror_names.json",
                                   "digitalland_register_government_organisation.csv"])  # fmt: skip
def test_rows_of_real_tables_come_out_as_they_would_without_it(shared: Path, table):
    path = shared / "external" / table
    if table.startswith("labelled"):
        rows = [Record(item["affiliation"], item["affiliation"]) for item in json.loads(path.read_text("utf-8"))]
    else:
        with opened(Wanted(path)) as found:
            rows = list(found.records)
    assert outcomes(rows, screened=True) == outcomes(rows, screened=False)


def test_what_was_decided_about_a_row_is_told_though_its_name_is_like_nothing():
    row = Record("row", "Sheffield Hospital")
    linker = Linker(THINGS, {("hallam", "row"): "rejected"})
    assert not SCREEN.may_match(row.name)
    assert [item.reason for item in linker.run([row, Record("other", "Sheffield Hospital")])] == [
        "rejected earlier: Sheffield Hallam University", "",
    ]  # fmt: skip
