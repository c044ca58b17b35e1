"""Names that the graph does not know are said, not believed."""

import pytest

AS_JSON = {"accept": "application/json"}


def test_comparison_leaves_out_an_unknown_thing_says_so_and_offers_what_is_near(client):
    text = client.get("/compare?ids=partnership-scrpt,partnership-parc,partnership-curiosity").text
    assert "nothing named <code>partnership-scrpt</code>" in text
    assert "ids=partnership-parc%2Cpartnership-curiosity%2Cpartnership-script" in text
    assert text.partition("<table")[2].count('<th scope="col">') == 3


def test_comparison_as_data_is_refused_rather_than_short_of_a_column(client):
    answer = client.get("/compare?ids=partnership-scrpt,partnership-parc", headers=AS_JSON)
    assert answer.status_code == 404
    assert "partnership-script" in answer.json()["detail"]


def test_comparison_of_more_than_six_says_which_are_left_out(client):
    found = client.get("/search?kind=partnership&format=json").json()["results"]
    ids = [hit["iri"].rsplit("/", 1)[-1] for hit in found][:7]
    assert "Six fit side by side" in client.get(f"/compare?ids={','.join(ids)}").text


@pytest.mark.parametrize("value", ["v:care-hom", "voc/care-hom", "https://w3id.org/asckg/voc/care-hom"])
def test_question_with_an_unknown_thing_says_so_and_offers_what_may_be_chosen(client, value):
    page = client.get(f"/questions/barriers-in-setting?setting={value}")
    assert page.status_code == 404
    assert '<a href="?setting=voc/care-home">Care homes</a>' in page.text
    assert "No claim in these sources" not in page.text
    answer = client.get(f"/questions/barriers-in-setting.csv?setting={value}", headers=AS_JSON)
    assert answer.status_code == 404
    assert "Care homes" in answer.json()["detail"]


def test_question_is_asked_with_the_value_that_was_chosen(client):
    assert "<h1>Which barriers affect research in care homes?</h1>" in client.get("/questions/barriers-in-setting").text
    chosen = client.get("/questions/barriers-in-setting?setting=voc/hospital").text
    assert "<h1>Which barriers affect research in hospitals?</h1>" in chosen


def test_first_page_asks_its_questions_with_their_values(client):
    text = client.get("/").text
    assert "Which barriers affect research in care homes?" in text
    assert "What is asked of local authorities?" in text


def test_plain_name_is_one_of_the_scheme_that_may_be_chosen(client):
    chosen = client.get("/questions/barriers-in-setting?setting=local-authority")
    assert chosen.status_code == 200
    assert "<h1>Which barriers affect research in local authorities?</h1>" in chosen.text


def test_column_that_holds_the_chosen_value_alone_is_left_out_of_the_page_and_kept_in_the_file(client):
    page = client.get("/questions/barriers-in-setting").text
    headings = page[page.index("<thead>") : page.index("</thead>")]
    assert "Barrier" in headings
    assert "Setting" not in headings
    assert "setting" in client.get("/questions/barriers-in-setting.csv").text.splitlines()[0]


def test_chart_is_drawn_where_its_bars_differ(client):
    assert 'class="bars"' not in client.get("/questions/barriers-in-setting").text
    assert 'class="bars"' in client.get("/questions/barriers-in-setting?setting=adult-social-care").text


@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/csv"])
def test_claims_about_an_unknown_thing_are_not_said_to_be_none(client, accept):
    answer = client.get("/claims?about=barrier-high-turnove", headers={"accept": accept})
    assert answer.status_code == 404
    assert "High turnover (barrier-high-turnover)" in answer.text


@pytest.mark.parametrize("name", ["a%20b", "%00", "%ff", "x%3E%20%3Fp%20%3Fo%20%7D%20%23", "%22", "%7B%7D"])
def test_name_that_makes_no_iri_is_misuse_and_not_a_fault(client, name):
    for path in (f"/page/{name}", f"/data/{name}.ttl", f"/page/voc/{name}"):
        answer = client.get(path)
        assert answer.status_code == 400, path
        assert "is not an IRI" in answer.text


def test_head_brings_what_get_would_without_the_body(client):
    for path in ("/", "/page/org-nihr", "/questions", "/robots.txt", "/static/site.js", "/page/nobody"):
        got, head = client.get(path), client.head(path)
        assert head.status_code == got.status_code
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.headers["content-length"] == got.headers["content-length"]
        assert head.content == b""
    assert client.head("/update").status_code == 405
