"""Names as strangers write them: what goes around a name, how it is shortened, and which scripts it comes in."""

import pytest

from asckg.link.acknowledgement import without_acknowledgement
from asckg.link.linker import Linker
from asckg.link.match import Matcher
from asckg.link.nameindex import NameIndex
from asckg.link.record import Record

RECORDS = [
    Record("trust", "Porridge Trust", country="GB"),
    Record("dfg", "Example Forschungsgemeinschaft", aliases=("Example Research Foundation",), acronyms=("EFG",),
           country="DE", types=("funder",)),
    Record("unam", "Universidad Nacional Autónoma de Ejemplo", acronyms=("UNAE",), country="MX", types=("education",)),
    Record("social", "Instituto de Investigaciones Sociales", country="MX", types=("facility",)),
    Record("malaga", "Universidad de Málaga", country="ES", places=("Málaga",), types=("education",)),
    Record("faisal", "King Faisal University", aliases=("جامعة الملك فيصل",), country="SA", places=("Hofuf",),
           types=("education",)),
    Record("kazan", "Kazan Federal University", country="RU", places=("Kazan",), types=("education",)),
    Record("kyoto", "Kyoto University", aliases=("京都大学",), country="JP", places=("Kyoto",), types=("education",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(NameIndex.of(RECORDS))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "This research was funded in whole, or in part, by the Porridge Trust [Grant 108903/B/15/Z]",
            "Porridge Trust",
        ),
        ("Porridge Trust EP/R511705/1", "Porridge Trust"),
        ("The Porridge Trust has funded this project, but the views are the authors' own", "The Porridge Trust"),
        ("Porridge Trust NNF18OC0031650", "Porridge Trust"),
        ("Porridge Trust under Scotland's Excellence Strategy", "Porridge Trust"),
        ("Porridge Trust through its Centre for Oats", "Porridge Trust"),
        ("Porridge Trust, Förderkennzeichen 01GY1604", "Porridge Trust"),
        ("University of York, York YO10 5DD", "University of York, York YO10 5DD"),
        ("Laboratoire de Physique UMR 5206", "Laboratoire de Physique UMR 5206"),
    ],
)
def test_award_numbers_and_thanks_around_a_funder_are_left_out(text, left):
    assert without_acknowledgement(text) == left


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Univ. Nacional Autónoma de Ejemplo, Dpto. Psicología Social", "unam"),
        ("Univ. Nacional Autónoma de Ejemplo, Instituto de Investigaciones Sociales", "unam"),
        ("Universidad de Málaga, Fac. de Ciencias de la Educación", "malaga"),
        ("Example Forschungsgemeinschaft (EFG, Example Research Foundation)", "dfg"),
        ("جامعة الملك فيصل، الأحساء", "faisal"),
        ("Казанский (Приволжский) федеральный университет, кафедра социологии", "kazan"),
        ("Казанский федеральный университет им. И. И. Иванова", "kazan"),
        ("京都大学大学院文学研究科", "kyoto"),
    ],
)
def test_shortened_words_brackets_and_units_around_a_name_do_not_hide_it(matcher, text, key):
    found = next(matcher.match([text]))
    assert (found.band, found.best.record.key) == ("accepted", key)


@pytest.mark.parametrize(
    "text", ["京都大学医学研究所", "Porridge Trust for Oats", "Instituto de Investigaciones Sociales"]
)
def test_a_part_or_a_longer_name_still_waits(matcher, text):
    assert next(matcher.match([text])).band != "accepted"


def test_a_cut_title_of_another_year_is_left_to_a_person():
    thing = Record("r:w", "Research capacity in councils and homes", kind="work", authors=("Guard, A.",), year=2015)
    rows = [
        Record(str(year), "Research capacity in councils", kind="work", authors=("Guard, A.",), year=year)
        for year in (2015, 2014)
    ]
    assert [item.band for item in Linker([thing]).run(rows)] == ["accepted", "review"]


def test_a_legal_form_is_no_name():
    records = [Record("one", "Society for Oats", aliases=("公益社団法人",), country="JP")]
    assert next(Matcher(NameIndex.of(records)).match(["公益社団法人日本植物園協会"])).band == "none"


@pytest.mark.parametrize(
    "authors", [("Guard & Weaver",), ("Guard et al.",), ("Guard A, Weaver B",), ("A Guard and B Weaver",)]
)
def test_authors_in_one_cell_are_told_apart(authors):
    thing = Record("r:w", "Research capacity in councils and homes", kind="work", authors=("Guard, A.", "Weaver, B."),
                   year=2015)  # fmt: skip
    row = Record("x", thing.name, kind="work", authors=authors, year=2015)
    assert next(Linker([thing]).run([row])).band == "accepted"


COUNCILS = [
    Record("WSX", "West Oatshire County Council", country="GB"),
    Record("ESX", "East Oatshire County Council", country="GB"),
    Record("HAM", "Hampshire County Council", country="GB"),
    Record("KEC", "Royal Borough of Barley and Chaff", country="GB"),
    Record("HCK", "London Borough of Porridge", country="GB"),
    Record("SWA", "City and County of Swansea Council", country="GB"),
    Record("MDW", "Medway Council", country="GB"),
]


@pytest.mark.parametrize(
    ("text", "band", "key"),
    [
        ("W. Oatshire CC", "accepted", "WSX"),
        ("Hants County Council", "accepted", "HAM"),
        ("The Mayor and Burgesses of the London Borough of Porridge", "accepted", "HCK"),
        ("Barley & Chaff RBC", "accepted", "KEC"),
        ("City and County of Swansea", "accepted", "SWA"),
        ("RBBC", "review", "KEC"),
        ("Rochester upon Medway City Council", "review", "MDW"),
        ("Medway NHS Foundation Trust", "none", None),
        ("Medway Police", "none", None),
    ],
)
def test_councils_are_known_in_short_formal_and_old_forms(text, band, key):
    found = next(Linker(COUNCILS).run([Record("x", text, country="GB")]))
    assert (found.band, found.best.thing.key if found.best and band != "none" else None) == (band, key)


@pytest.mark.parametrize(
    ("text", "band"),
    [("Society of Yorse Oats", "review"), ("Society of Horse Oats 2", "none"), ("Society of Mice", "none")],
)
def test_a_text_a_letter_off_a_name_is_shown_whatever_its_words_are(text, band):
    things = [Record("r:h", "Society of Horse Oats")]
    found = next(Linker(things).run([Record("x", text)]))
    assert (found.band, found.best.doubts if found.best and band == "review" else ("spelling",)) == (
        band,
        ("spelling",),
    )


@pytest.mark.parametrize(("left", "right"), [("慶應義塾大学", "慶応義塾大學"), ("广东大学", "廣東大學")])
def test_characters_made_simple_in_one_country_meet_the_others(left, right):
    records = [Record("one", "Somewhere", aliases=(left,))]
    assert next(Matcher(NameIndex.of(records)).match([right])).band == "accepted"


@pytest.mark.parametrize(
    ("text", "band"),
    [("Economic and Social Research Council", "accepted"), ("Department of Social Research", "review")],
)
def test_a_long_name_of_common_words_is_one_body_but_not_a_department(text, band):
    assert next(Matcher(NameIndex.of([Record("one", text)])).match([text])).band == band
