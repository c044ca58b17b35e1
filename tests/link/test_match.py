"""Names matched to records: what is accepted, what waits for a person, what is no match."""

from dataclasses import replace

import pytest

from asckg.corpus import Corpus
from asckg.link.candidate import Match
from asckg.link.identifier import normalise
from asckg.link.linker import Linker, one_each
from asckg.link.mapping import ColumnMap
from asckg.link.match import Matcher
from asckg.link.nameindex import NameIndex
from asckg.link.record import Record
from asckg.link.suggest import decisions_of, object_id
from asckg.link.table.row import Row
from asckg.link.text import fold
from asckg.link.thing import things
from asckg.link.work import compare_works, title_likeness

RECORDS = [
    Record("porto", "University of Porto", aliases=("Universidade do Porto",), acronyms=("UP",), country="PT",
           places=("Porto",)),
    Record("wien", "University of Vienna", aliases=("Universität Wien",), country="AT", places=("Vienna", "Wien"),
           types=("education",)),
    Record("medwien", "Medical University of Vienna", country="AT", places=("Vienna",), types=("education",)),
    Record("york-ca", "York University", country="CA", places=("Toronto",)),
    Record("york-gb", "University of York", country="GB", places=("York",)),
    Record("health-gb", "Department of Health", country="GB"),
    Record("tsinghua", "Tsinghua University", aliases=("清华大学",), country="CN", places=("Beijing",)),
    Record("old", "Porridge Board", country="GB", status="withdrawn"),
    Record("gottingen", "University of Göttingen", country="DE", places=("Göttingen",), types=("education",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(NameIndex.of(RECORDS))


def match(matcher: Matcher, text: str, country: str = "") -> Match:
    return next(matcher.match([text], [country]))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Univ. Porto", "porto"),
        ("Faculdade de Letras, Universidade do Porto, Porto, Portugal", "porto"),
        ("Institut für Soziologie, Universität Wien, Rooseveltplatz 2, 1090 Wien, Österreich", "wien"),
        ("MEDICAL UNIVERSITY OF VIENNA", "medwien"),
        ("Funded by the University of York (grant AB1234)", "york-gb"),
        ("清华大学", "tsinghua"),
        ("Georg-August-Universitaet Goettingen, Germany", None),
        ("University of Goettingen, Deutschland", "gottingen"),
        ("Department of Health, England", "health-gb"),
    ],
)
def test_a_name_in_its_usual_forms_is_accepted(matcher, text, key):
    found = match(matcher, text)
    assert (found.best.record.key if found.band == "accepted" else None) == key


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("UP", "acronym"),
        ("Department of Health", "generic name"),
        ("Porridge Board", "withdrawn record"),
    ],
)
def test_a_weak_ground_is_left_to_a_person(matcher, text, doubt):
    found = match(matcher, text)
    assert found.band != "accepted"
    assert doubt in found.best.doubts


@pytest.mark.parametrize(
    "text",
    [
        "University of Yorkshire Coast",
        "Porto Seguro Bank",
        "Hospital No. 5",
        "University Hospital of Porto",
        "",
        "?!",
        "1234",
    ],
)
def test_another_name_is_not_accepted(matcher, text):
    assert match(matcher, text).band != "accepted"


def test_the_country_decides_between_namesakes(matcher):
    assert match(matcher, "York University, Toronto, Canada").best.record.key == "york-ca"
    assert match(matcher, "University of York", "GB").band == "accepted"


def test_two_institutions_in_one_string_are_both_found(matcher):
    found = match(matcher, "School of X, University of Porto; Institute of Y, University of York")
    assert [found.best.record.key, *(item.best.record.key for item in found.others)] == ["porto", "york-gb"]


def test_every_candidate_says_what_agrees_and_what_does_not(matcher):
    best = match(matcher, "University of Vienna Friends").candidates[0]
    assert {word for pair in best.comparison.agree for word in pair} >= {"university", "vienna"}
    assert best.comparison.extra
    assert abs(sum(best.parts.values()) - best.similarity) < 1e-9


def row(key: str, name: str, **other) -> Record:
    return Record(key, name, **other)


def test_an_identifier_goes_before_the_name():
    things = [Record("r:a", "A Foundation", identifiers={"ror": ("1",)}), Record("r:b", "University of Porto")]
    found = next(Linker(things).run([row("x", "Porto University Fund", identifiers={"ror": ("1",)})]))
    assert (found.band, found.best.thing.key) == ("identifier", "r:a")


def test_an_identifier_of_one_and_the_name_of_another_are_left_to_a_person_who_decides_once():
    things = [
        Record("r:york", "University of York", aliases=("York University",), identifiers={"ror": ("1",)}),
        Record("r:porto", "University of Porto"),
    ]
    known = {("r:york", "ror:1"): "accepted"}
    rows = [
        Record("1", "University of Porto", identifiers={"ror": ("1",)}, line=3),
        Record("1", "York University", identifiers={"ror": ("1",)}, line=4),
    ]
    linker = Linker(things, known)
    linker.key_of = lambda item: object_id(item, ColumnMap(identifiers={"ror": "id"}), "t")
    slipped, right = linker.run(rows)
    assert (slipped.band, right.band) == ("review", "decided")
    assert [option.thing.key for option in slipped.options] == ["r:york", "r:porto"]
    assert "University of York: same ror 1, but the name is that of University of Porto" in slipped.reason
    linker.decided[("r:porto", linker.key_of(slipped.row))] = "accepted"
    assert [item.band for item in linker.run(rows)] == ["decided", "decided"]


def test_identifiers_of_two_things_are_left_to_a_person():
    things = [Record("r:a", "A", identifiers={"ror": ("1",)}), Record("r:b", "B", identifiers={"isni": ("2",)})]
    found = next(Linker(things).run([row("x", "A", identifiers={"ror": ("1",), "isni": ("2",)})]))
    assert found.band == "review"
    assert "two things" in found.reason


def test_identifiers_of_two_things_wait_for_a_person_though_one_is_linked_already():
    things = [Record("r:a", "A", identifiers={"ror": ("1",)}), Record("r:b", "B", identifiers={"isni": ("2",)})]
    linker = Linker(things, {("r:a", "ror:1"): "accepted"})
    linker.key_of = lambda item: object_id(item, ColumnMap(identifiers={"ror": "id"}), "t")
    asked = row("x", "A", identifiers={"ror": ("1",), "isni": ("2",)})
    assert next(linker.run([asked])).band == "review"


def test_what_was_decided_stays_decided():
    things = [Record("r:york", "University of York", country="GB")]
    rows = [row("x", "University of York"), row("y", "University of York")]
    found = list(Linker(things, {("r:york", "x"): "rejected", ("r:york", "y"): "accepted"}).run(rows))
    assert [item.band for item in found] == ["none", "decided"]


def test_a_thing_equals_one_row_of_a_register():
    things = [Record("r:york", "University of York", country="GB")]
    rows = [row("x", "York University"), row("y", "University of York")]
    bands = {item.row.key: item.band for item in one_each(Linker(things).run(rows))}
    assert bands == {"x": "review", "y": "accepted"}


WORK = Record(
    "r:w", "Research capacity in councils: findings of a survey", kind="work", authors=("Guard, A.",), year=2015
)


@pytest.mark.parametrize(
    "title",
    [
        "Research capacity in councils",
        "RESEARCH CAPACITY IN COUNCILS - FINDINGS OF A SURVEY",
        "Reseach capacty in councils: findings ofa survey",
        "Research capa-city in councils: findings of a survey.",
    ],
)
def test_a_damaged_title_is_still_found(title):
    found = next(Linker([WORK]).run([row("x", title, kind="work", authors=("A Guard",), year=2015)]))
    assert found.band == "accepted"


def test_the_same_title_by_another_author_or_of_another_year_is_left_to_a_person():
    other = row("x", WORK.name, kind="work", authors=("Baker, B.",), year=2001)
    assert set(compare_works(other, WORK).doubts) == {"another first author", "another year"}


def test_another_title_is_not_alike():
    assert title_likeness("Research capacity in councils", "Carers and their employers in Wales") < 0.6


@pytest.mark.parametrize(
    ("title", "authors", "year"),
    [
        ("Research capacity in councils", ("A Guard",), 2015),
        ("Rcsearcb capaclty in councils: findings of a 5urvey", ("A Guard",), 2016),
        ("Research capacity in councils: findings of a survey", ("Weaver, B.", "Guard, A."), 2015),
    ],
)
def test_a_lost_subtitle_a_bad_scan_and_authors_turned_round_are_forgiven(title, authors, year):
    thing = replace(WORK, authors=("Guard, A.", "Weaver, B."))
    found = next(Linker([thing]).run([row("x", title, kind="work", authors=authors, year=year)]))
    assert found.band == "accepted"


@pytest.mark.parametrize(
    ("title", "doubt"),
    [
        ("Correction to: Research capacity in councils: findings of a survey", "a notice about the other"),
        ("Research capacity in councils: findings of a survey II", "another number"),
    ],
)
def test_a_notice_or_another_part_is_not_the_work(title, doubt):
    assert doubt in compare_works(row("x", title, kind="work", authors=("A Guard",), year=2015), WORK).doubts


@pytest.mark.parametrize(
    "text", ["NIHR131345", "NIHR 131345", "Grant NIHR131345", "Award ID: NIHR-131345", "Grant Ref. nihr131345"]
)
def test_an_award_number_is_one_in_all_its_forms(text):
    assert normalise("award", text).value == "NIHR131345"


def test_the_same_title_with_another_award_number_is_left_to_a_person():
    thing = Record(
        "r:a", "Research capacity in councils and care homes", kind="award", identifiers={"award": ("AB1234",)}
    )
    found = next(
        Linker([thing]).run([row("x", thing.name, kind="award", year=2020, identifiers={"award": ("AB9999",)})])
    )
    assert (found.band, found.best.doubts) == ("review", ("another award number",))


PERSON = Record("r:p", "Anna Guard", kind="person", affiliations=("University of York",),
                identifiers={"orcid": ("0000-0002-1825-0097",)})  # fmt: skip


@pytest.mark.parametrize(
    "name", ["Guard, Anna", "Guard, A.", "A Guard", "Dr Anna Guard", "GUARD, Anna M.", "Guard A", "Guard AM"]
)
def test_every_form_of_a_name_is_suggested_and_never_accepted(name):
    found = next(Linker([PERSON]).run([row("x", name, kind="person", affiliations=("Univ. of York",))]))
    assert (found.band, found.best.doubts) == ("review", ("a name and an affiliation",))


@pytest.mark.parametrize("name", ["Guard, Bella", "Anna Gard-Smith", "York, Anna"])
def test_another_name_is_no_suggestion(name):
    assert next(Linker([PERSON]).run([row("x", name, kind="person")])).band == "none"


def test_an_orcid_links_a_person_unless_the_name_is_another():
    ids = {"orcid": ("0000-0002-1825-0097",)}
    rows = [
        row("x", "Guard, A.", kind="person", identifiers=ids),
        row("y", "Baker, B.", kind="person", identifiers=ids),
    ]
    assert [item.band for item in Linker([PERSON]).run(rows)] == ["identifier", "review"]


def test_an_orcid_with_a_wrong_check_digit_is_none():
    assert normalise("orcid", "https://orcid.org/0000-0002-1825-0097").value == "0000-0002-1825-0097"
    assert normalise("orcid", "0000-0002-1825-0098") is None


def test_people_are_never_linked_by_rule():
    things = [Record("r:p", "Anna Guard", kind="person")]
    found = next(Linker(things).run([row("x", "Guard, Anna", kind="person")]))
    assert (found.band, found.best.doubts) == ("review", ("a name alone",))


FOREIGN = [
    Record("kazan", "Kazan State Power Engineering University",
           aliases=("Казанский государственный энергетический университет",), country="RU", places=("Kazan",)),
    Record("bhu", "Banaras Hindu University", aliases=("काशी हिन्दू विश्वविद्यालय",), country="IN"),
    Record("todai", "The University of Tokyo", aliases=("東京大学",), country="JP", places=("Tokyo",)),
    Record("todai-hospital", "The University of Tokyo Hospital", country="JP", places=("Tokyo",)),
    Record("muenchen", "Technische Universität München", country="DE", places=("München",), types=("education",)),
    Record("beirut", "American University of Beirut", aliases=("الجامعة الأميركية في بيروت",), country="LB"),
    Record("praha", "Library of the Capital Prague", country="CZ", places=("Prague",)),
    Record("dana", "Dana-Farber Cancer Institute", country="US"),
]  # fmt: skip


@pytest.fixture(scope="module")
def foreign() -> Matcher:
    return Matcher(NameIndex.of(FOREIGN))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Kazanskij gosudarstvennyj energeticheskij universitet", "kazan"),
        ("Кафедра социологии, Казанский государственный энергетический университет, Россия", "kazan"),
        ("काशी हिन्दू विश्वविद्यालय", "bhu"),
        ("東京大学社会学部", "todai"),
        ("Technische Universitaet Muenchen, Deutschland", "muenchen"),
        ("Technische Univesität München", "muenchen"),
        ("الجامعة الاميركية في بيروت", "beirut"),
    ],
)
def test_other_scripts_and_spellings_meet(foreign, text, key):
    found = match(foreign, text)
    assert (found.band, found.best.record.key) == ("accepted", key)


def test_the_vowels_of_other_scripts_belong_to_their_words():
    assert fold("विश्वविद्यालय") == "विश्वविद्यालय"
    assert len(fold("काशी हिन्दू").split()) == 2


def test_a_hospital_of_a_university_is_not_the_university(foreign):
    assert match(foreign, "東京大学医学部附属病院").band != "accepted"


def test_one_of_two_institutions_in_one_breath_is_left_to_a_person(foreign):
    found = match(foreign, "Brigham and Women's Hospital and Dana-Farber Cancer Institute")
    assert (found.band, found.best.record.key) == ("review", "dana")


def test_a_bare_place_is_not_its_city_council():
    found = match(
        Matcher(NameIndex.of([Record("c", "City of Helsinki", country="FI", places=("Helsinki",))])), "Helsinki"
    )
    assert found.band != "accepted"


FUNDERS = [
    Record("packard", "David and Lucile Packard Foundation", country="US"),
    Record("ebi", "International Plant Nutrition Institute", acronyms=("IPNI",), country="US"),
    Record("rcp", "Royal College of Physicians", country="GB"),
    Record("simon", "Simon Fraser University", country="CA"),
    Record("colorado", "University of Colorado System", aliases=("University of Colorado",), country="US",
           places=("Boulder",), children=("x",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "The authors gratefully acknowledge financial support from the David and Lucile Packard Foundation.",
            "packard",
        ),
        ("Grant DFG-SFB 1280 from the David and Lucile Packard Foundation", "packard"),
        ("David and Lucile Packard Foundation under Grant ES/P009255/1", "packard"),
        ("David and Lucile Packard Foundation - Ref: UL1 TR001863", "packard"),
        ("We thank the David and Lucile Packard Foundation for funding this research", "packard"),
        ("Gefördert durch die David and Lucile Packard Foundation (PTDC/MED/31444/2017)", "packard"),
        ("International Plant Nutrition Institute (IPNI)", "ebi"),
        ("Simon Fraser University; David and Lucile Packard Foundation", "simon"),
    ],
)
def test_a_funder_is_found_in_what_an_acknowledgement_says(text, key):
    found = match(Matcher(NameIndex.of(FUNDERS)), text)
    assert (found.band, found.best.record.key) == ("accepted", key)


@pytest.mark.parametrize("text", ["Royal College of Physicians of Ireland", "University of Colorado Boulder"])
def test_a_sister_or_a_part_is_not_the_one_of_shorter_name(text):
    assert match(Matcher(NameIndex.of(FUNDERS)), text).band != "accepted"


@pytest.mark.parametrize("text", ["NHS", "NHS England", "NHS Wales"])
def test_a_country_does_not_make_a_short_name_sure(text):
    short = Matcher(NameIndex.of([Record("nhs", "NHS", country="GB")]))
    assert match(short, text, "GB").band != "accepted"


def test_a_second_institution_of_a_row_is_named():
    found = next(Linker(FUNDERS).run([row("x", "Simon Fraser University; David and Lucile Packard Foundation")]))
    assert "the row also names David and Lucile Packard Foundation" in found.reason


COUNCILS = [
    Record("CMD", "London Borough of Camden", country="GB"),
    Record("RUG", "Rugby Borough Council", country="GB"),
    Record("LCE", "Leicester City Council", country="GB"),
    Record("LEC", "Leicestershire County Council", country="GB"),
    Record("GWN", "Gwynedd Council", aliases=("Cyngor Gwynedd",), country="GB"),
    Record("NTH", "Northamptonshire County Council", country="GB", status="ended", ended="2021-04-01",
           successors=("NNT", "WNT")),
    Record("NNT", "North Northamptonshire Council", country="GB"),
    Record("WNT", "West Northamptonshire Council", country="GB"),
    Record("CHE", "Cheshire East Council", country="GB"),
    Record("SOM", "Somerset Council", country="GB", places=("South West",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def councils() -> Linker:
    return Linker(COUNCILS)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("LB Camden", "CMD"),
        ("Camden LBC", "CMD"),
        ("Camden London Borough Council", "CMD"),
        ("Rugby Council", "RUG"),
        ("The Council of the Borough of Rugby", "RUG"),
        ("Rugby, Borough of", "RUG"),
        ("Leicester Ciy Council", "LCE"),
        ("City of Leicester", "LCE"),
        ("Leicestershire CC", "LEC"),
        ("Cyngor Gwynedd", "GWN"),
    ],
)
def test_the_kind_of_a_council_may_be_written_in_any_way(councils, text, key):
    found = next(councils.run([row("x", text, country="GB")]))
    assert (found.band, found.best.thing.key) == ("accepted", key)


def test_a_county_is_never_taken_for_the_city_of_its_name(councils):
    found = next(councils.run([row("x", "Leicester County Council", country="GB")]))
    assert found.band != "accepted"


def test_a_successor_is_shown_as_such_and_not_accepted(councils):
    found = next(councils.run([row("x", "Northamptonshire CC", country="GB")]))
    assert found.band == "review"
    assert [item.thing.key for item in found.options[:3]] == ["NTH", "NNT", "WNT"]
    assert "took over from Northamptonshire County Council, which ended on 2021-04-01" in found.options[1].explain()


def test_a_kept_successor_is_related_and_not_the_same(councils):
    found = list(councils.run([row("x", "Northamptonshire CC", country="GB")]))
    kept = [(item.subject_id, item.predicate_id) for item in decisions_of(found, ColumnMap(), "t", "2026-01-01")]
    assert kept == [
        ("r:NTH", "skos:exactMatch"),
        ("r:NNT", "skos:relatedMatch"),
        ("r:WNT", "skos:relatedMatch"),
    ]


@pytest.mark.parametrize("text", ["Congleton Borough Council", "Crewe & Nantwich BC", "Macclesfeld Borough Council"])
def test_a_council_that_ended_before_the_table_was_made_leads_to_its_successor(councils, text):
    found = next(councils.run([row("x", text, country="GB")]))
    assert (found.band, found.best.thing.key, found.best.doubts) == ("review", "CHE", ("successor",))


def test_a_district_is_not_taken_for_the_county_around_it(councils):
    assert next(councils.run([row("x", "South Somerset", country="GB")])).band != "accepted"


def test_the_type_of_a_thing_is_a_word():
    types = {kind for thing in things(Corpus.open()) for kind in thing.types}
    assert "Organization" in types
    assert not any("#" in kind or "/" in kind for kind in types)


TOWNS = [
    Record("north", "Saint John Hospital", country="GB", places=("Northwick", "England"), types=("healthcare",)),
    Record("south", "Saint John Hospital", country="GB", places=("Southwick", "England"), types=("healthcare",)),
    Record("oak", "Oakwood Clinic for Children", country="GB", places=("Southwick", "England")),
]


@pytest.mark.parametrize(
    ("name", "town", "band", "key"),
    [
        ("St John Hospital", "Southwick", "accepted", "south"),
        ("St John Hospital", "Northwik", "accepted", "north"),
        ("St John Hospital", "12 High Street, Northwick, NW1 1AA", "accepted", "north"),
        ("St John Hospital", "", "review", "north"),
        ("Oakwood Clinic for Children", "Northwick", "review", "oak"),
        ("Oakwood Clinic for Children", "Elsewhere", "accepted", "oak"),
        ("Oakwood", "Southwick", "review", "oak"),
        ("Oakwood", "", "none", "oak"),
    ],
)
def test_a_town_in_a_column_of_its_own_tells_namesakes_apart(name, town, band, key):
    places = (town,) if town else ()
    found = next(Linker(TOWNS).run([row("x", name, country="GB", places=places)]))
    assert (found.band, found.best.thing.key) == (band, key)


def test_a_mended_doi_is_said_and_waits_for_a_person_when_the_titles_differ():
    thing = Record("w", "The tyranny of ethics in social work research", "work", identifiers={"doi": ("10.1000/ab",)})
    linker = Linker([thing], {("w", "10.1000/ab"): "accepted"})
    mapping = ColumnMap(kind="work", label="title", identifiers={"doi": "doi"})
    rows = [
        mapping.record(Row(number, {"title": title, "doi": "10.1000/a\nb"}))
        for number, title in enumerate((thing.name, "Care homes in winter"))
    ]
    same, other = linker.run(rows)
    assert (same.band, other.band) == ("identifier", "review")
    assert "DOI mended: white space inside" in same.reason
    assert other.options[0].doubts == ("the DOI was mended and the titles differ",)
    assert object_id(rows[1], mapping, "t").startswith("row:t/care-homes-in-winter-")
