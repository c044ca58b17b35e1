"""What a client gets by what it says it accepts."""

import pytest
import rdflib


def sent(client, path, accept):
    return client.get(path, headers={"accept": accept}, follow_redirects=False)


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/turtle;q=0.3, text/html;q=0.2", "/data/org-nihr.ttl"),
        ("text/turtle;q=0.2, text/html;q=0.3", "/page/org-nihr"),
        ("text/html;q=0, */*;q=0.5", "/data/org-nihr.ttl"),
        ("application/*", "/data/org-nihr.jsonld"),
        ("*/*", "/page/org-nihr"),
        ("", "/page/org-nihr"),
    ],
)
def test_identifier_leads_to_the_form_that_the_client_wants_most(client, accept, place):
    assert sent(client, "/id/org-nihr", accept).headers["location"].endswith(place)


@pytest.mark.parametrize("path", ["/id/org-nihr", "/voc/care-home", "/def", "/def/Claim", "/claims", "/matrix"])
@pytest.mark.parametrize("accept", ["image/png", "text/plain, audio/*;q=0.3"])
def test_form_that_there_is_not_is_refused_with_those_that_there_are(client, path, accept):
    answer = sent(client, path, accept)
    assert answer.status_code == 406
    assert "text/html" in answer.json()["detail"]


def test_identifier_is_not_offered_as_a_table(client):
    assert sent(client, "/id/org-nihr", "text/csv").status_code == 406


@pytest.mark.parametrize("path", ["/data/org-nihr.ttl", "/data/voc/care-home.ttl", "/data/def.ttl"])
def test_turtle_has_the_prefixes_of_the_project_and_the_triples_of_the_other_forms(client, path):
    turtle = client.get(path).text
    assert "@prefix asc: <https://w3id.org/asckg/def#> ." in turtle
    assert "<https://w3id.org/asckg/def#" not in turtle.replace("@prefix asc: <https://w3id.org/asckg/def#>", "")
    triples = rdflib.Graph().parse(data=client.get(path.replace(".ttl", ".nt")).text, format="nt")
    assert set(rdflib.Graph().parse(data=turtle, format="turtle")) == set(triples)


def test_description_of_the_data_set_has_the_prefixes_of_the_project(client):
    turtle = sent(client, "/.well-known/void", "text/turtle").text
    assert "@prefix void: <http://rdfs.org/ns/void#> ." in turtle
    assert "a dcat:Dataset , void:Dataset" in turtle


def test_robots_are_kept_from_what_is_made_anew_for_each_address(client):
    said = client.get("/robots.txt").text
    assert "Disallow: /sparql" in said
    assert "Disallow: /page" not in said
