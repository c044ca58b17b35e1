"""`/links`: read by all, decided only with `--review`, from a form of ours, and nothing lost between two reviewers."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from asckg.corpus import Corpus
from asckg.link.decision import Decision, dump
from asckg.link.queue import Queue
from asckg.whole import write
from asckg_api.app import create_app
from asckg_api.settings import Settings

WAITING = [
    Decision("r:org-lse", "LSE", "skos:exactMatch", "", f"row:t/{number}", "L <b>S</b> E", similarity_score="0.800",
             object_source="source:t", comment="alike", other="status=suggested;words=0.8")
    for number in range(8)
]  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    shipped = Corpus.open()
    for tree in (shipped.ontology, shipped.data, shipped.queries):
        shutil.copytree(tree, tmp_path / "corpus" / tree.name)
    write(tmp_path / "corpus/graph_data/links/t.sssom.tsv", dump(WAITING, "t", "T", "https://example.org/"))
    return tmp_path / "corpus"


@pytest.fixture
def client(corpus: Path, tmp_path: Path):
    app = create_app(Settings(corpus=corpus, home=tmp_path / "home", review=True))
    with TestClient(app, headers={"accept": "text/html"}) as client:
        yield client


def form(client: TestClient, **other: str) -> dict[str, str]:
    text = client.get("/links/review").text
    hidden = dict(re.findall(r'name="(token|subject|object)" value="([^"]*)"', text))
    return {**hidden, "who": "Reviewer One", "state": "accepted", **other}


def test_the_page_shows_both_sides_and_escapes_them(client):
    text = client.get("/links/review").text
    assert "L &lt;b&gt;S&lt;/b&gt; E" in text
    assert "<b>S</b>" not in text
    assert "0.800" in text


def test_blind_mode_hides_the_score(client):
    assert "0.800" not in client.get("/links/review?blind=true").text


def test_a_decision_is_kept_and_can_be_taken_back(client, corpus):
    path = corpus / "graph_data/links/t.sssom.tsv"
    before = path.read_bytes()
    sent = form(client, why="same house")
    assert client.post("/links/decide", data=sent).status_code == 200
    assert b"Reviewer One" in path.read_bytes()
    assert b"same house" in path.read_bytes()
    client.post("/links/undo", data=sent)
    assert path.read_bytes() == before


def test_one_decision_for_all_rows_of_a_name(client, corpus):
    client.post("/links/decide", data=form(client, batch="true", state="rejected"))
    assert Queue(corpus / "graph_data/links").waiting() == []


@pytest.mark.parametrize("change", [{"token": "x"}, {"token": ""}])
def test_a_form_of_another_session_is_refused(client, corpus, change):
    before = (corpus / "graph_data/links/t.sssom.tsv").read_bytes()
    assert client.post("/links/decide", data=form(client, **change)).status_code == 403
    assert (corpus / "graph_data/links/t.sssom.tsv").read_bytes() == before


def test_a_form_of_another_site_is_refused(client):
    answer = client.post("/links/decide", data=form(client), headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_reading_changes_nothing_and_get_decides_nothing(client):
    assert client.get("/links/decide").status_code == 405
    assert client.get("/links?state=suggested", headers={"accept": "application/json"}).json()["total"] == 8


def test_without_review_nothing_can_be_decided(corpus, tmp_path):
    app = create_app(Settings(corpus=corpus, home=tmp_path / "home"))
    with TestClient(app, headers={"accept": "text/html"}) as client:
        assert "asckg serve --review" in client.get("/links").text
        assert client.get("/links/review").status_code == 403
        assert (
            client.post(
                "/links/decide", data={"subject": "a", "object": "b", "state": "accepted", "who": "Me"}
            ).status_code
            == 403
        )


def test_two_reviewers_at_once_lose_nothing(corpus):
    folder = corpus / "graph_data/links"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda item: Queue(folder).decide(item.pair, "accepted", "R", "2026-01-01"), WAITING))
    assert Queue(folder).waiting() == []
    assert len(Queue(folder).said_by("R")) == len(WAITING)


def test_where_reviewers_differ_the_link_is_unsure_and_listed(client, corpus):
    sent = form(client)
    client.post("/links/decide", data=sent)
    client.post("/links/decide", data={**sent, "who": "Reviewer Two", "state": "rejected"})
    assert Queue(corpus / "graph_data/links").find((sent["subject"], sent["object"])).state == "unsure"
    assert "Reviewers disagree" in client.get("/links").text


def test_one_undo_takes_back_all_rows_of_a_name(client, corpus):
    path = corpus / "graph_data/links/t.sssom.tsv"
    before = path.read_bytes()
    sent = form(client, batch="true", state="rejected")
    client.post("/links/decide", data=sent)
    client.post("/links/undo", data=sent)
    assert path.read_bytes() == before


def test_a_decided_link_can_be_looked_at_and_decided_again(client, corpus):
    sent = form(client, state="unsure")
    client.post("/links/decide", data=sent)
    place = {"subject": sent["subject"], "object": sent["object"]}
    assert "Decided already: unsure by Reviewer One" in client.get("/links/review", params=place).text
    assert 'subject=r%3Aorg-lse&amp;object=row%3At/0">Decide again' in client.get("/links?state=unsure").text
    client.post("/links/decide", data={**sent, "state": "accepted"})
    assert Queue(corpus / "graph_data/links").find((sent["subject"], sent["object"])).state == "accepted"
    assert client.get("/links/review", params={**place, "object": "row:t/none"}).status_code == 404


def test_reviewers_who_differ_are_shown_what_each_said_and_one_can_give_way(client, corpus):
    sent = form(client)
    client.post("/links/decide", data=sent)
    client.post("/links/decide", data={**sent, "who": "Reviewer Two", "state": "rejected", "second": "true"})
    text = client.get("/links/review?unsure=true").text
    assert "Reviewer One said accepted, Reviewer Two said rejected" in text
    client.post("/links/decide", data={**sent, "who": "Reviewer Two", "state": "accepted", "unsure": "true"})
    assert "Reviewers disagree" not in client.get("/links").text
    assert Queue(corpus / "graph_data/links").unsure() == []


def test_what_was_passed_over_is_not_shown_again_after_the_next_decision(client):
    first = form(client)
    second = dict(
        re.findall(r'name="(token|subject|object|skip)" value="([^"]*)"', client.get("/links/review?skip=1").text)
    )
    shown = client.post("/links/decide", data={**second, "who": "Reviewer One", "state": "accepted"}).text
    assert first["object"] not in re.findall(r'name="object" value="([^"]*)"', shown)


def test_after_undo_the_link_it_was_about_is_shown(client):
    sent = form(client)
    client.post("/links/decide", data=sent)
    assert f'name="object" value="{sent["object"]}"' in client.post("/links/undo", data=sent).text


def test_what_a_row_equals_already_takes_its_other_candidates_out_of_the_queue(corpus):
    folder = corpus / "graph_data/links"
    other = replace(WAITING[0], subject_id="r:org-university-of-kent")
    write(folder / "t.sssom.tsv", dump([*WAITING, other], "t", "T", "https://example.org/"))
    queue = Queue(folder)
    queue.decide(WAITING[0].pair, "accepted", "R", "2026-01-01")
    assert other.pair not in [item.pair for item in queue.waiting()]
    assert queue.progress()[1] == len(queue.waiting())
    queue.undo("R")
    assert other.pair in [item.pair for item in queue.waiting()]


def test_a_row_of_a_table_is_named_by_its_key_and_is_no_address(client):
    text = client.get("/links?state=suggested").text
    assert "row 0" in text
    assert 'href="https://w3id.org/asckg/row/' not in text


def test_a_second_judgement_that_differs_is_told(client):
    sent = form(client)
    client.post("/links/decide", data=sent)
    told = client.post("/links/decide", data={**sent, "who": "Reviewer Two", "state": "rejected"}).text
    assert "Another reviewer said otherwise" in told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("row:t/0\t", "foo:bar\t"),
        ("skos:exactMatch", "owl:sameAs"),
        ("status=suggested", "status=maybe"),
        ("r:org-lse\t", "r:org-nonsense\t"),
        ("\tsource:t\t", "\tsource:t\textra\t"),
    ],
)
def test_a_file_edited_into_nonsense_leaves_the_pages_standing(client, corpus, old, new):
    path = corpus / "graph_data/links/t.sssom.tsv"
    path.write_text(path.read_text().replace(old, new, 1))
    for place in ("/links", "/links?state=suggested", "/links.csv", "/links/review", "/links/review?unsure=true"):
        assert client.get(place).status_code == 200, place
    told = "no sense and" in client.get("/links").text
    assert told == (new != "r:org-nonsense\t")
    assert client.post("/reconcile", data={"queries": '{"q0": {"query": "LSE"}}'}).status_code == 200
