"""The page of a thing: a way through it, evidence first, and the sentence at each claim."""

import re

import pytest
from fastapi.testclient import TestClient

from asckg_api.app import create_app
from asckg_api.settings import Settings


@pytest.fixture(scope="module")
def reading(home, document):
    """Return a client of a server that was given a copy of the document."""
    app = create_app(Settings(home=home, sources={"kendrick-2023": document}))
    with TestClient(app, headers={"accept": "text/html"}) as client:
        yield client


def test_long_page_has_a_list_of_its_parts_whose_links_lead_somewhere(client):
    text = client.get("/page/org-nihr").text
    contents = text.partition('<nav class="contents"')[2].partition("</nav>")[0]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert len(anchors) > 5
    assert all(f'id="{anchor}"' in text for anchor in anchors)


def test_long_page_opens_with_money_and_folds_the_rest_with_counts(client):
    text = client.get("/page/org-nihr").text
    titles = re.findall(r'<h3 id="g\d+">([^<]+) <small>(\d+)', text)
    assert titles[0][0] == "Funds"
    assert 'class="group" open' in text
    assert '<details class="group">' in text
    assert sum(int(count) for _, count in titles) == int(
        re.search(r"What the document says <small>(\d+) claims", text)[1]
    )


def test_approach_begins_with_what_defines_it_and_who_takes_it(client):
    text = client.get("/page/approach-community-of-practice").text
    titles = re.findall(r'<h3 id="g\d+">([^<]+) <small>', text)
    assert titles.index("Has feature") < titles.index("Is adopted by") < titles.index("Yields")


def test_short_page_is_open_as_a_whole(client):
    text = client.get("/page/barrier-high-turnover").text
    assert '<details class="group">' not in text
    assert '<nav class="contents"' not in text


def test_fact_that_the_claims_above_state_is_not_stated_again(client):
    facts = client.get("/page/barrier-high-turnover").text.partition('id="facts"')[2].partition('id="incoming"')[0]
    assert "Hinders" not in facts
    assert "Theme" in facts


def test_sentence_is_shown_at_each_claim_marked_in_its_paragraph(reading):
    text = reading.get("/page/barrier-high-turnover").text
    first = text.partition('<li class="claim"')[2].partition("</li>\n")[0]
    assert "Show the sentence" in first
    assert first.count("<mark>") == 1
    assert len(first.partition("<mark>")[2].split()) > 20


def test_claim_of_several_sentences_of_one_paragraph_marks_them_together(reading):
    found = reading.get("/claims", headers={"accept": "application/json"}).json()["rows"]
    paragraphs = [(row, {s.rpartition("-")[0] for s in row["sentences"].split()}) for row in found]
    row = next(row for row, of in paragraphs if len(of) == 1 and len(row["sentences"].split()) == 2)
    text = reading.get(row["claim"]["url"]).text
    assert text.count('<p class="sentence">') == 1
    assert text.count("<mark>") == 2


def test_without_a_copy_the_place_is_shown_and_no_promise_is_made(client):
    text = client.get("/page/barrier-high-turnover").text
    assert "paragraph 1, sentence 2" in text
    assert "Show the sentence" not in text


def test_sentence_with_other_words_than_the_digest_is_not_shown(home, document, tmp_path):
    spoilt = tmp_path / "copy.txt"
    spoilt.write_text(document.read_text(encoding="utf-8").replace("turnover", "leavers"), encoding="utf-8")
    with TestClient(create_app(Settings(home=home, sources={"kendrick-2023": spoilt}))) as client:
        text = client.get("/page/kendrick-2023-cha-p1-s2", headers={"accept": "text/html"}).text
    assert "<mark>" not in text
