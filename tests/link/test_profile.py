"""Ready-made mappings: each is recognised by its columns and reads what it says; the rows are invented."""

import json
from pathlib import Path

import pytest

from asckg.link.job import Wanted, opened
from asckg.link.linker import Linker
from asckg.link.mapping import profiles
from asckg.link.record import Record

ROOT = Path(__file__).resolve().parents[2]
SHARED = next((p for p in (ROOT.parent / "shared", ROOT.parent.parent / "shared") if p.is_dir()), ROOT / "no-shared")
EXTERNAL = SHARED / "external"

WIKIDATA = {
    "head": {"vars": ["item", "itemLabel"]},
    "results": {"bindings": [
        {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"},
         "itemLabel": {"type": "literal", "value": "University of Camford"},
         "itemAltLabel": {"type": "literal", "value": "Camford University, UoC"}},
    ]},
}  # fmt: skip
CROSSREF = {"message": {"items": [
    {"DOI": "10.1000/ABC", "title": ["A title"], "type": "book", "container-title": ["A Journal"],
     "author": [{"family": "Guard"}], "issued": {"date-parts": [[1997, 2]]}, "is-referenced-by-count": 7},
]}}  # fmt: skip
OPENALEX = {"results": [
    {"id": "https://openalex.org/W1234", "doi": "https://doi.org/10.1000/abc", "display_name": "A title",
     "publication_year": 1997, "authorships": [{"author": {"display_name": "A. Guard"}}], "cited_by_count": 7},
]}  # fmt: skip
INSTITUTION = {"results": [
    {"id": "https://openalex.org/I1234", "ror": "https://ror.org/04xs57h96", "display_name": "University of Camford",
     "country_code": "GB", "lineage": [], "display_name_acronyms": ["UC"], "geo": {"city": "Camford"}},
]}  # fmt: skip
FUNDER = {"results": [
    {"id": "https://openalex.org/F1234", "display_name": "Camford Fund", "alternate_titles": ["The Fund"],
     "country_code": "GB", "grants_count": 3, "ids": {"crossref": "501100000001"}},
]}  # fmt: skip
FUNDERS = {"message": {"items": [
    {"id": "501100000001", "location": "United Kingdom", "name": "Camford Fund", "alt-names": ["The Fund"],
     "uri": "http://dx.doi.org/10.13039/501100000001", "replaces": [], "replaced-by": [], "tokens": ["camford"]},
]}}  # fmt: skip
RIS = "TY  - JOUR\nTI  - A title\nAU  - Guard, A.\nPY  - 1997\nDO  - https://doi.org/10.1000/abc\nER  - \n"
NIHR = "Project_ID,Project_Title,Contracted_Organisation,Start_Date,Programme,Award_Amount\n"
LA = "local-authority-code,official-name,nice-name,gss-code,start-date,end-date,replaced-by,nation,region,alt-names\n"
CASES = {
    "wikidata-result": ("w.json", json.dumps(WIKIDATA), "University of Camford", {"wikidata": ("Q1",)}),
    "crossref-work": ("c.json", json.dumps(CROSSREF), "A title", {"doi": ("10.1000/abc",)}),
    "openalex-work": ("o.json", json.dumps(OPENALEX), "A title", {"openalex": ("W1234",), "doi": ("10.1000/abc",)}),
    "openalex-institution": ("i.json", json.dumps(INSTITUTION), "University of Camford", {"ror": ("04xs57h96",)}),
    "openalex-funder": ("f.json", json.dumps(FUNDER), "Camford Fund", {"fundref": ("501100000001",)}),
    "crossref-funder-registry": ("y.json", json.dumps(FUNDERS), "Camford Fund", {"fundref": ("501100000001",)}),
    "ror-csv": (
        "r.csv",
        (
            "id,names.types.ror_display,names.types.label,names.types.acronym,external_ids.type.isni.all,status\n"
            "https://ror.org/04xs57h96,University of Camford,en: University of Camford; cy: Prifysgol Camford,"
            "no_lang_code: UOC,0000 0001 0789 5319,active\n"
        ),
        "University of Camford", {"ror": ("04xs57h96",), "isni": ("0000000107895319",)},
    ),
    "reference": ("r.ris", RIS, "A title", {"doi": ("10.1000/abc",)}),
    "nihr-award": (
        "n.csv", NIHR + "NIHR131373,A project,University of Camford,2021-01-04,HSDR,100\n", "A project",
        {"award": ("NIHR131373",)},
    ),
    "uk-local-authority": (
        "l.csv", LA + "CAM,Camford County Council,Camford,E10000999,1974-04-01,,,England,East,Camfordshire\n",
        "Camford County Council", {"gss": ("E10000999",)},
    ),
    "cqc-location": (
        "q.csv", "name,cqc_id,type,postcode,provider\nOld Mill,1-466088203,Home,CA1,Mill Ltd\n", "Old Mill",
        {"cqc": ("1-466088203",)},
    ),
    "cqc-directory": (
        "d.csv",
        (
            "CQC Locations,,,\nGenerated 1 October,,,\n,,,\nName,Postcode,Provider name,"
            "CQC Location ID (for office use only)\nOld Mill,CA1,Mill Ltd,1-466088203\n"
            "New Mill,CA2,Mill Ltd,1-466088204\n"
        ),
        "Old Mill", {"cqc": ("1-466088203",)},
    ),
    "cqc-active-location": (
        "v.csv", "Location ID,Location Name,Location City,Provider Name\n1-466088203,Old Mill,Camford,Mill\n",
        "Old Mill", {"cqc": ("1-466088203",)},
    ),
    "openalex-work-csv": (
        "p.csv",
        (
            "id,doi,title,display_name,publication_year,type,authorships.author.display_name\n"
            "https://openalex.org/W1234,https://doi.org/10.1000/abc,A title,A title,1997,book,A. Guard|B. Guard\n"
        ),
        "A title", {"openalex": ("W1234",), "doi": ("10.1000/abc",)},
    ),
    "govuk-organisation": (
        "g.csv", "government-organisation,name,website,start-date,end-date\nD99,Department of Care,http://x,,\n",
        "Department of Care", {"govorg": ("D99",)},
    ),
    "uk-higher-education": (
        "h.csv", "id,name,ukprn,hesa_itt_code,match_synonyms,suggestion_synonyms\nx,Camford,10007799,1,C Univ,UC\n",
        "Camford", {"ukprn": ("10007799",)},
    ),
    "crossref-funder": (
        "z.csv", "ror_id,fundref_id\nhttps://ror.org/04xs57h96,501100001780\n", "https://ror.org/04xs57h96",
        {"ror": ("04xs57h96",), "fundref": ("501100001780",)},
    ),
}  # fmt: skip
FILES = {
    "mysociety_uk_local_authorities_future.csv": ("uk-local-authority", 470),
    "digitalland_register_government_organisation.csv": ("govuk-organisation", 989),
    "dfe_degree_institutions.csv": ("uk-higher-education", 591),
    "cqc_trafford_care_homes.csv": ("cqc-location", 56),
    "ror_fundref.csv": ("crossref-funder", 21_992),
    "ror_gb.jsonl": ("ror", 2_199),
    "samples/openalex_F4320332161.json": ("openalex-funder", 1),
    "samples/openalex_I27837315.json": ("openalex-institution", 1),
    "samples/openalex_W2741809807.json": ("openalex-work", 1),
    "samples/citations_385.ris": ("reference", 385),
    "samples/citations_385.bib": ("reference", 385),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_profile_is_known_by_its_columns_and_reads_name_and_identifiers(tmp_path, name):
    file, text, label, identifiers = CASES[name]
    (tmp_path / file).write_text(text)
    with opened(Wanted(tmp_path / file)) as table:
        first = next(table.records)
    assert table.mapping.name == name
    assert first.name == label
    assert identifiers.items() <= dict(first.identifiers).items()


AWARD = {"project_id": "NIHR131373", "project_title": "A project", "contracted_organisation": "University of Camford"}
SHAPES = {
    "semicolons.csv": "\ufeffProject_ID;Project_Title;Contracted_Organisation\n"
                      "NIHR131373;A project;University of Camford\n",
    "spaces.csv": "Project ID,Project Title,Contracted Organisation\nNIHR131373,A project,University of Camford\n",
    "export.json": json.dumps([AWARD]),
    "second.json": json.dumps({"total_count": 1, "results": [AWARD]}),
    "first.json": json.dumps({"nhits": 1, "parameters": {"facet": ["x"]}, "facet_groups": [{"facets": [{}, {}]}],
                              "records": [{"datasetid": "d", "recordid": "1", "fields": AWARD}]}),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_awards_are_known_in_every_shape_that_the_publisher_gives(tmp_path, name):
    (tmp_path / name).write_text(SHAPES[name])
    with opened(Wanted(tmp_path / name)) as table:
        first = next(table.records)
    assert (table.mapping.name, first.name, first.authors) == ("nihr-award", "A project", ("University of Camford",))
    assert first.identifiers == {"award": ("NIHR131373",)}


def test_one_work_of_crossref_is_found_in_its_message(tmp_path):
    path = tmp_path / "w.json"
    path.write_text(json.dumps({"status": "ok", "message-type": "work", "message": CROSSREF["message"]["items"][0]}))
    with opened(Wanted(path)) as table:
        assert [record.name for record in table.records] == ["A title"]


def test_a_wikidata_result_gives_the_other_identifiers_it_asked_for(tmp_path):
    path = tmp_path / "w.tsv"
    path.write_text(
        '?item\t?itemLabel\t?ror\n<http://www.wikidata.org/entity/Q1>\t"University of Camford"@en\t"04xs57h96"\n'
    )
    with opened(Wanted(path)) as table:
        first = next(table.records)
    assert (first.name, first.identifiers) == ("University of Camford", {"wikidata": ("Q1",), "ror": ("04xs57h96",)})


def test_a_register_entry_of_another_shape_is_reported_and_the_others_read(tmp_path):
    good = {"id": "https://ror.org/04xs57h96", "types": [], "relationships": [], "external_ids": [],
            "names": [{"value": "Camford", "types": ["ror_display"]}]}  # fmt: skip
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(map(json.dumps, [good, {**good, "names": []}, {**good, "names": "x"}, good])))
    with opened(Wanted(path)) as table:
        assert [record.name for record in table.records] == ["Camford", "Camford"]
    assert [(item.line, item.code) for item in table.findings] == [(2, "T010"), (3, "T010")]


def test_a_column_with_points_in_its_name_can_be_named(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("id,names.types.label,x\nhttps://ror.org/04xs57h96,Camford,\n")
    with opened(Wanted(path, parts={"label": "names.types.label"})) as table:
        assert next(table.records).name == "Camford"


def test_names_that_bear_their_language_are_read_without_it(tmp_path):
    file, text, *_ = CASES["ror-csv"]
    (tmp_path / file).write_text(text)
    with opened(Wanted(tmp_path / file)) as table:
        first = next(table.records)
    assert first.names == ("University of Camford", "Prifysgol Camford")
    assert first.acronyms == ("UOC",)


def test_dois_of_funders_are_funder_ids(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text("uri,primary name\nhttp://dx.doi.org/10.13039/501100000001,Camford Fund\n")
    with opened(Wanted(path)) as table:
        assert next(table.records).identifiers == {"fundref": ("501100000001",)}


def test_a_table_of_works_of_no_publisher_keeps_its_authors_and_years(tmp_path):
    (tmp_path / "mine.csv").write_text("doi,title,type,authors,year\n10.1000/abc,A title,book,Guard A.,1997\n")
    with opened(Wanted(tmp_path / "mine.csv")) as table:
        first = next(table.records)
    assert table.guessed
    assert (first.authors, first.year) == (("Guard A.",), 1997)


def test_a_wikidata_result_in_xml_is_read_as_one_in_json(tmp_path):
    cells = (
        "<binding name='item'><uri>http://www.wikidata.org/entity/Q1</uri></binding>"
        "<binding name='itemLabel'><literal xml:lang='en'>University of Camford</literal></binding>"
    )
    (tmp_path / "query").write_text(
        "<?xml version='1.0'?><sparql xmlns='http://www.w3.org/2005/sparql-results#'>"
        "<head><variable name='item'/><variable name='itemLabel'/><variable name='ror'/></head>"
        f"<results><result>{cells}</result></results></sparql>"
    )
    with opened(Wanted(tmp_path / "query")) as table:
        first = next(table.records)
    assert table.mapping.name == "wikidata-result"
    assert (first.name, first.identifiers) == ("University of Camford", {"wikidata": ("Q1",)})


def test_every_profile_has_a_case():
    assert set(profiles()) == {*CASES, "ror"}


@pytest.mark.parametrize("file", sorted(FILES))
def test_a_public_file_is_read_whole_by_its_profile(file):
    if not (EXTERNAL / file).is_file():
        pytest.skip("the public files are not beside this repository")
    profile, count = FILES[file]
    with opened(Wanted(EXTERNAL / file)) as table:
        records = list(table.records)
    assert (table.mapping.name, len(records)) == (profile, count)
    assert all(record.name for record in records)
    assert not [item for item in table.findings if item.severity == "error"]


def test_a_column_of_several_schemes_is_found_and_each_value_read_for_what_it_is(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("name,id\nA,https://ror.org/04xs57h96\nB,Q123\nC,10.1000/xyz\nD,E10000999\n")
    with opened(Wanted(path)) as table:
        found = [dict(record.identifiers) for record in table.records]
    assert table.mapping.identifiers == {"any": "id"}
    assert found == [
        {"ror": ("04xs57h96",)},
        {"wikidata": ("Q123",)},
        {"doi": ("10.1000/xyz",)},
        {"gss": ("E10000999",)},
    ]


def test_an_identifier_that_two_schemes_read_and_two_things_have_goes_to_a_person(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("name,id\nCamford,0306406152\nOther,Q123\nThird,Q124\n")
    things = [
        Record("book", "Camford", identifiers={"isbn": ("9780306406157",)}),
        Record("funder", "Another", identifiers={"fundref": ("0306406152",)}),
    ]
    with opened(Wanted(path, identifiers={"any": "id"})) as table:
        first = next(Linker(things).run(table.records))
    assert first.band == "review"
    assert "identifiers of two things" in first.reason


def test_a_name_with_a_comma_has_no_part_of_itself_for_an_alias(tmp_path):
    path = tmp_path / "councils.csv"
    path.write_text(
        "local-authority-code,official-name,nice-name,alt-names,gss-code\n"
        'X,"Oat, Bran and Rye Council","Oat, Bran and Rye","Oat, Bran and Rye,OBR",E06000001\n',
        "utf-8",
    )
    with opened(Wanted(path, profile="uk-local-authority")) as table:
        assert next(table.records).aliases == ("OBR",)
