"""A map keeps to the values that its address gives to the parameters of its question."""

import pytest
from fastapi.testclient import TestClient

from asckg.question import ask
from asckg_api.app import create_app
from asckg_api.settings import Settings
from asckg_api.warm import lay_out


@pytest.fixture(scope="session")
def client(home, graph):
    assert graph.questions
    with TestClient(create_app(Settings(home=home))) as client:
        yield client


def things(client, address):
    made = client.get(address).json()
    return {node["id"] for node in made["nodes"]}, made


@pytest.mark.parametrize("setting", ["care-home", "local-authority"])
def test_map_of_a_question_has_what_its_table_has_for_that_value(client, graph, setting):
    shown, _ = things(client, f"/maps/barriers-in-setting.json?setting=v:{setting}")
    answer = ask(graph.engine, graph.questions["barriers-in-setting"], {"setting": f"v:{setting}"})
    barrier = answer.columns.index("barrier")
    assert shown == {row[barrier].value.rpartition("/")[2] for row in answer.rows} | {f"voc/{setting}"}


def test_other_layout_is_asked_for_with_the_same_values(client):
    before, made = things(client, "/maps/barriers-in-setting.json?setting=v:local-authority")
    again, _ = things(client, made["base"] + "&layout=ring")
    assert "setting=" in made["base"]
    assert before == again


@pytest.mark.parametrize("place", ["/maps", "/embed/maps"])
def test_map_as_a_page_and_in_a_frame_draws_what_the_address_asks_for(client, place):
    page = client.get(f"{place}/barriers-in-setting?setting=v:local-authority", headers={"accept": "text/html"}).text
    assert "barriers-in-setting.json?setting=v:local-authority" in page


def test_description_of_a_map_names_the_chosen_value(client, graph):
    label = graph.engine.select("SELECT ?l { v:local-authority skos:prefLabel ?l }").rows[0][0].value
    _, made = things(client, "/maps/barriers-in-setting.json?setting=v:local-authority")
    assert f"Setting: {label}." in made["description"]


def test_title_of_a_map_names_the_chosen_value_in_a_frame_too(client, graph):
    label = graph.engine.select("SELECT ?l { v:local-authority skos:prefLabel ?l }").rows[0][0].value
    page = client.get("/embed/maps/barriers-in-setting?setting=v:local-authority").text
    assert f"Setting: {label}</title>" in page


def test_maps_are_laid_out_when_a_server_starts_and_kept_beside_the_build(client, graph):
    lay_out(client.app.state.book).join(600)
    shipped = {name for name, question in graph.questions.items() if question.kind == "map"}
    kept = {file.name.rpartition("-")[0] for file in (graph.build.path / "map").iterdir()}
    assert shipped <= kept


def test_picture_from_the_server_says_version_and_address_and_keeps_the_query(client, graph):
    picture = client.get("/maps/barriers-in-setting.svg?setting=v:local-authority").text
    assert graph.engine.version in picture
    assert "/maps/barriers-in-setting?setting=v%3Alocal-authority" in picture


def test_scripts_come_by_brotli_to_whom_takes_it(client):
    plain = client.get("/static/map.js", headers={"accept-encoding": "identity"})
    packed = client.get("/static/map.js", headers={"accept-encoding": "gzip, br"}, follow_redirects=False)
    assert packed.headers["content-encoding"] == "br"
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert client.get("/static/map.js", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_value_that_is_no_iri_is_refused(client):
    assert client.get("/maps/barriers-in-setting.json?setting=a%20b%3Ac").status_code == 400
