import csv
import io
import json
import zipfile

import pytest


def rows(client, path):
    return list(csv.DictReader(io.StringIO(client.get(path).text)))


@pytest.mark.parametrize(
    "path", ["/claims", "/references", "/matrix", "/timeline", "/compare?ids=partnership-script,partnership-parc"]
)
def test_table_is_a_page_json_and_csv_at_one_address(client, path):
    assert client.get(path).headers["content-type"].startswith("text/html")
    as_json = client.get(path, headers={"accept": "application/json"})
    assert as_json.json()["rows"]
    as_csv = client.get(path, headers={"accept": "text/csv"})
    assert len(as_csv.text.splitlines()) == len(as_json.json()["rows"]) + 1


def test_claims_are_filtered_by_basis_and_setting(client):
    found = rows(client, "/claims.csv?basis=literature&setting=care-home")
    assert found
    assert all("literature" in row["basis"] and "care-home" in row["setting"] for row in found)
    assert len(found) < len(rows(client, "/claims.csv"))


def test_matrix_tells_literature_from_testimony_and_adds_up_no_score(client):
    cells = rows(client, "/matrix.csv?kind=barrier&by=section")
    assert any(int(cell["literature"]) for cell in cells)
    assert any(int(cell["testimony"]) for cell in cells)
    assert "score" not in cells[0]


@pytest.mark.parametrize("by", ["setting", "section", "theme", "cfir"])
def test_empty_cell_of_the_matrix_says_that_these_sources_have_no_claim(client, by):
    text = client.get(f"/matrix?kind=barrier&by={by}").text
    assert "no claim in these sources" in text
    assert "<td><a href=" in text


def test_cell_of_the_matrix_opens_its_claims(client):
    cell = rows(client, "/matrix.csv?by=section")[0]
    about, also = (cell[name].rsplit("/", 1)[-1] for name in ("finding", "column"))
    total = sum(int(cell[name]) for name in ("literature", "testimony", "both", "author"))
    assert len(rows(client, f"/claims.csv?about={about}&and={also}")) == total


def test_comparison_puts_what_differs_first(client):
    text = client.get("/compare?ids=partnership-script,partnership-curiosity").text
    same = text.find('class="same"')
    assert same == -1 or same > text.rfind('<tr class="">')


@pytest.mark.parametrize(("suffix", "sign"), [("ris", "TY  - "), ("bib", "@"), ("csl.json", '"type"'), ("txt", "2023")])
def test_references_come_in_the_forms_of_reference_managers(client, suffix, sign):
    assert sign in client.get(f"/references.{suffix}").text
    assert client.get(f"/references.{suffix}?only=work-walter-2004").text.count("Walter") >= 1


def test_timeline_is_in_order_of_time(client):
    found = client.get("/timeline", headers={"accept": "application/json"}).json()["rows"]
    years = [row["year"] for row in found]
    assert years == sorted(years)
    assert len(years) > 5


def test_basket_is_a_word_document_with_claims_works_and_addresses(client):
    claim = rows(client, "/claims.csv?basis=literature")[0]["claim"]
    name = claim.rsplit("/", 1)[-1]
    document = zipfile.ZipFile(io.BytesIO(client.get(f"/basket.docx?ids={name}").content))
    text = document.read("word/document.xml").decode()
    assert claim in text
    assert "References" in text


def test_question_is_answered_with_names_and_gives_its_query(client):
    text = client.get("/questions/barriers-in-setting?setting=v:local-authority").text
    assert "See the query" in text
    assert "<td>https://w3id.org" not in text
    assert client.get("/questions/barriers-in-setting.rq").text.startswith("#+")


def test_question_with_an_unusable_value_is_refused_with_the_reason(client):
    answer = client.get("/questions/barriers-in-setting?setting=<x>", headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert "setting" in answer.json()["detail"]


def test_completion_knows_this_graph(client):
    known = client.get("/complete.json").json()
    assert "asc:Barrier" in {term["name"] for term in known["classes"]}
    assert "asc:hinders" in {term["name"] for term in known["properties"]}


def test_path_joins_two_things_by_shortest_chains(client):
    found = client.get("/maps/path.json?from=org-nihr&to=partnership-parc").json()
    assert {"org-nihr", "partnership-parc"} <= {node["id"] for node in found["nodes"]}
    assert len(found["nodes"]) > 2


def test_expected_kinds_stand_around_a_partnership(client):
    found = json.loads(client.get("/maps/around/partnership-parc.json").text)
    assert {"approach", "role"} <= {node["kind"] for node in found["nodes"]}


def test_embed_may_stand_in_any_frame_and_other_pages_in_none(client):
    assert "frame-ancestors *" in client.get("/embed/maps/funding").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in client.get("/maps/funding").headers["content-security-policy"]


def test_basket_takes_maps_into_its_word_document_with_picture_caption_and_address(client):
    document = zipfile.ZipFile(io.BytesIO(client.get("/basket.docx?ids=maps/funding").content))
    pictures = [name for name in document.namelist() if name.startswith("word/media/")]
    assert [document.read(name)[:4] for name in pictures] == [b"\x89PNG"]
    text = document.read("word/document.xml").decode()
    assert "Who pays for what, and through which call?" in text
    assert "/maps/funding" in text
    assert 'descr="Network map:' in text


def test_basket_shows_maps_and_says_what_it_does_not_know(client):
    text = client.get("/basket?ids=maps/funding,maps/no-such-map,org-nihr,org-nobody").text
    assert 'href="/maps/funding"' in text
    assert "<code>maps/no-such-map</code>" in text
    assert "<code>org-nobody</code>" in text
    assert 'data-keep="maps/funding"' in client.get("/maps/funding").text


def test_picture_of_the_matrix_tells_the_bases_of_a_full_cell_apart(client):
    picture = client.get("/matrix.svg?by=section").text
    cells = rows(client, "/matrix.csv?by=section")
    full = [cell for cell in cells if sum(int(cell[n]) for n in ("literature", "testimony", "both", "author")) > 6]
    assert full
    few = [cell for cell in cells if cell not in full]
    drawn = sum(int(cell["testimony"]) for cell in few) + sum(cell["testimony"] != "0" for cell in full)
    assert picture.count('class="stakeholder-testimony"') == drawn


def test_unknown_page_offers_what_has_a_name_like_it(client):
    answer = client.get("/page/org-nihrr")
    assert answer.status_code == 404
    assert "National Institute for Health and Care Research (org-nihr)" in answer.text
