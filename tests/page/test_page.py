import re

import pytest
from fastapi.testclient import TestClient

from asckg_api.app import create_app
from asckg_api.settings import Settings

PAGES = ["/", "/search?q=nihr", "/search?kind=barrier", "/page/org-nihr", "/page/voc/care-home", "/page/def/Claim",
         "/page/kendrick-2023-pol", "/page/work-walter-2004", "/about", "/glossary", "/ontology", "/accessibility",
         "/maps", "/maps/funding"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_page_says_what_this_is_not_and_allows_no_inline_code(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "not endorsed by the NIHR" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert " style=" not in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_page_that_did_not_change_is_not_sent_again(client, path):
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    assert client.get(path, headers={"if-none-match": "*"}).status_code == 304


def test_identifier_sends_people_to_a_page_and_programs_to_data(client):
    page = client.get("/id/org-nihr", follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/page/org-nihr")
    data = client.get("/id/org-nihr", headers={"accept": "text/turtle"}, follow_redirects=False)
    assert (data.status_code, data.headers["location"]) == (303, "/data/org-nihr.ttl")


@pytest.mark.parametrize(("suffix", "media_type"), [
    ("ttl", "text/turtle"),
    ("jsonld", "application/ld+json"), ("nt", "application/n-triples"), ("rdf", "application/rdf+xml"),
])  # fmt: skip
def test_data_of_a_thing_names_it_in_each_form(client, suffix, media_type):
    answer = client.get(f"/data/org-nihr.{suffix}")
    assert answer.headers["content-type"].startswith(media_type)
    assert "National Institute for Health and Care Research" in answer.text


def test_unknown_thing_is_a_404_that_says_where_to_go(client):
    answer = client.get("/page/org-no-such-thing")
    assert answer.status_code == 404
    assert "search" in answer.text
    assert (
        client.get("/page/x", headers={"accept": "application/json"}).headers["content-type"]
        == "application/problem+json"
    )


def test_acronym_finds_its_organisation_first(client):
    found = client.get("/search?q=NIHR&format=json").json()["results"]
    assert found[0]["iri"].endswith("/id/org-nihr")


def test_mistyped_word_still_finds_the_thing(client):
    found = client.get("/search?q=partnershp&format=json").json()["results"]
    assert any("partnership" in hit["label"].lower() for hit in found)


def test_claim_on_a_page_shows_its_basis_and_its_place(client):
    text = client.get("/page/org-nihr").text
    assert "paragraph" in text
    assert 'class="basis"' in text


def test_served_below_a_path_every_link_stays_below_it(app):
    below = TestClient(app, root_path="/care", headers={"accept": "text/html"})
    text = below.get("/care/page/org-nihr").text
    assert 'href="/care/questions"' in text
    assert 'href="/page' not in text


def test_what_points_at_a_thing_is_told_from_its_side(client):
    shown = client.get("/page/org-nihr").text.partition('id="incoming"')[2]
    assert "<dt>Is funded by</dt>" in shown
    assert "<dt>Funds</dt>" not in shown
    assert "r:link-" not in shown
    coded = client.get("/page/barrier-academic-domination").text.partition('id="incoming"')[2]
    assert "r:coding-" not in coded
    assert "codings" in coded


def test_embedded_answer_opens_links_outside_its_frame_and_names_what_was_chosen(client):
    shown = client.get("/embed/questions/barriers-in-setting?setting=voc/care-home").text
    assert "in care homes?</h1>" in shown
    links = re.findall(r"<a [^>]*>", shown)
    assert links
    assert all('target="_blank"' in link and "noopener" in link for link in links)


def test_error_is_reported_to_the_contact_and_a_server_without_one_says_so(client, home):
    assert "names no contact" in client.get("/page/org-nihr").text
    assert "names no contact" in client.get("/about").text
    named = TestClient(create_app(Settings(home=home, contact="desk@example.org")), headers={"accept": "text/html"})
    with named:
        assert 'href="mailto:desk@example.org?subject=' in named.get("/page/org-nihr").text
        assert "desk@example.org" in named.get("/about").text


def test_files_whose_names_follow_their_content_are_kept_for_ever_and_fonts_are_asked_for_early(client):
    early = re.findall(r'<link rel="preload" href="([^"]+woff2)" as="font"', client.get("/").text)
    assert len(early) == 2
    for path in early:
        assert "immutable" in client.get(path).headers["cache-control"]
    assert client.get("/static/site.js").headers["cache-control"] == "no-cache"


def test_map_of_the_first_page_waits_until_its_picture_is_painted(client):
    head = client.get("/").text.partition("</head>")[0]
    assert re.search(r'<link rel="modulepreload" href="[^"]*map\.js[^"]*" data-late>', head)
    assert not re.search(r"<script [^>]*map\.js", head)
