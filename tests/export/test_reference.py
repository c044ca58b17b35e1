"""References, read back by the libraries that reference managers and LaTeX users have."""

import json

import bibtexparser
import pytest
import rispy

from asckg import AsckgError
from asckg.export.csl import citations
from asckg.export.work import authors_of, find_works


def test_ris_keeps_every_author_and_the_identifier(exported):
    entries = {entry["id"]: entry for entry in rispy.loads(exported("ris").decode())}
    assert len(entries) == 3
    guard = entries["guard-1997"]
    assert guard["authors"] == ["Guard, A.", "Øre, B. C.", "van der Lamp, D."]
    assert (guard["doi"], guard["journal_name"], guard["year"]) == (
        "10.5555/guard.1997",
        "Journal of Carriages",
        "1997",
    )
    assert (guard["start_page"], guard["end_page"]) == ("10", "19")
    assert entries["lamp-1998"]["urls"] == ["https://example.org/lamps"]


def test_ris_has_nothing_but_tagged_lines(exported):
    lines = [line for line in exported("ris").decode().splitlines() if line]
    assert [line for line in lines if line[2:6] != "  - "] == []


def test_bibtex_escapes_what_latex_would_read_as_commands(exported):
    entries = {entry["ID"]: entry for entry in bibtexparser.loads(exported("bibtex").decode()).entries}
    assert entries["guard-1997"]["title"] == r'{Noise \& "calm" on branch lines}'
    assert entries["lamp-1998"]["title"] == r"{Lamps \{and\} their keepers}"
    assert entries["guard-1997"]["pages"] == "10--19"


def test_bibtex_does_not_cut_a_body_into_names(exported):
    entries = {entry["ID"]: entry for entry in bibtexparser.loads(exported("bibtex").decode()).entries}
    assert entries["guild-1996"]["author"] == "{Guild of Porters}"


def test_csl_json_tells_people_from_bodies(exported):
    items = {item["id"]: item for item in json.loads(exported("csl"))}
    assert items["guild-1996"]["author"] == [{"literal": "Guild of Porters"}]
    assert items["guard-1997"]["author"][1] == {"family": "Øre", "given": "B. C."}
    assert items["guard-1997"]["issued"] == {"date-parts": [[1997]]}


def test_citations_name_author_year_and_title(exported):
    lines = exported("citations").decode().splitlines()
    assert len(lines) == 3
    assert "Lamp" in lines[2]
    assert "1998" in lines[2]


def test_some_works_can_be_chosen(trains):
    assert [w.key for w in find_works(trains.engine, ["https://w3id.org/asckg/id/work-lamp-1998"])] == ["lamp-1998"]


def test_an_unknown_style_names_those_there_are(trains):
    with pytest.raises(AsckgError, match="harvard"):
        citations(find_works(trains.engine), "vancouver")


def test_authors_survive_a_trailing_separator():
    assert [str(author) for author in authors_of("Lamp, E.; ")] == ["Lamp, E."]


def test_an_entry_as_printed_is_not_a_second_work(trains):
    assert len(find_works(trains.engine, ["https://w3id.org/asckg/id/porter-1999-ref-guard-1997"])) == 0
    assert len(find_works(trains.engine)) == 3
