"""`/links` tells a link from a search that found nothing, and sources by their names."""

import csv
import io

import pytest
from fastapi.testclient import TestClient

from asckg_api.app import create_app
from asckg_api.settings import Settings


@pytest.fixture(scope="module")
def client(home):
    with TestClient(create_app(Settings(home=home)), headers={"accept": "text/html"}) as client:
        yield client


def test_search_in_vain_is_not_counted_as_a_link(client):
    said = client.get("/links", headers={"accept": "application/json"}).json()
    assert said["states"]["not-found"] > 0
    linked = client.get("/links?state=accepted", headers={"accept": "application/json"}).json()
    assert linked["total"] == said["states"]["accepted"]
    assert all(row["record"] for row in linked["links"])


def test_page_counts_by_source_and_names_it(client):
    text = client.get("/links").text
    assert "Research Organization Registry (ROR)" in text
    assert "Looked for, not found" in text
    assert "source:ror" not in text.replace("source%3Aror", "").replace("source=source", "")


def test_page_says_how_much_of_each_kind_is_linked(client):
    found = csv.DictReader(io.StringIO(client.get("/links.csv?state=accepted").text))
    linked = {row["thing"] for row in found if "/org-" in row["thing"]}
    assert f"<b>{len(linked)} of " in client.get("/links").text


def test_source_and_state_are_chosen_together(client):
    path = "/links.csv?state=not-found&source=source:ror-2026-06"
    rows = list(csv.DictReader(io.StringIO(client.get(path).text)))
    assert rows
    assert {(row["state"], row["source"], row["record"]) for row in rows} == {("not-found", "source:ror-2026-06", "")}
