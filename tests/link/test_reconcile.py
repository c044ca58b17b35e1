"""The reconciliation service: what the W3C schemas ask, and the calls of OpenRefine in their order."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from asckg.corpus import Corpus
from asckg.link.entity import Entities
from asckg.link.reconcile import Reconciler
from asckg.link.record import Record
from asckg.namespace import ID
from asckg_api import link, problem
from asckg_api.sparql.cross_origin import CrossOrigin

jsonschema = pytest.importorskip("jsonschema")
ROOT = Path(__file__).resolve().parents[2]
SHARED = next(
    (p for p in (ROOT.parent / "shared", ROOT.parent.parent / "shared") if p.is_dir()), ROOT.parent / "shared"
)
SCHEMAS = SHARED / "w3c" / "reconciliation" / "0.2"


class Data:
    """What the routes read of the graph: the corpus, and a version."""

    def __init__(self) -> None:
        self.corpus = Corpus.open()
        self.build = type("Build", (), {"version": "test"})()


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = FastAPI()
    app.state.graph = Data()
    problem.install(app)
    link.install(app)
    app.add_middleware(CrossOrigin, origins=("*",))
    return TestClient(app)


def check(name: str, value: object) -> None:
    path = SCHEMAS / "schemas" / f"{name}.json"
    if not path.is_file():
        pytest.skip("the W3C schemas are not beside this repository")
    schemas = {p.name: json.loads(p.read_text()) for p in path.parent.glob("*.json")}
    from referencing import Registry, Resource  # noqa: PLC0415 - comes with jsonschema
    from referencing.jsonschema import DRAFT7  # noqa: PLC0415 - as above

    base = "https://reconciliation-api.github.io/specs/0.2/schemas/"
    found = [(base + n, Resource(s, DRAFT7)) for n, s in schemas.items()]
    anything = Resource({"definitions": {"securityDefinitions": {"additionalProperties": {}}}}, DRAFT7)
    registry = Registry().with_resources([*found, ("http://swagger.io/v2/schema.json", anything)])
    jsonschema.Draft7Validator(schemas[path.name], registry=registry).validate(value)


def batch(client: TestClient, queries: dict) -> dict:
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200
    return answer.json()


def test_the_calls_of_openrefine_in_their_order(client):
    manifest = client.get("/reconcile").json()
    check("manifest", manifest)
    assert "0.2" in manifest["versions"]

    guess = batch(
        client, {f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(["LSE", "University of Kent"])}
    )
    check("reconciliation-result-batch", guess)
    kinds = {kind["id"] for item in guess.values() for found in item["result"] for kind in found["type"]}
    assert "org:Organization" in kinds

    full = {"q0": {"query": "Univ. of Kent", "type": "org:Organization", "type_strict": "should", "limit": 5}}
    if SCHEMAS.is_dir():
        check("reconciliation-query-batch", full)
    first = batch(client, full)["q0"]["result"][0]
    assert (first["id"], first["match"]) == ("org-university-of-kent", True)

    shown = client.get(manifest["preview"]["url"].replace("{{id}}", first["id"]).removeprefix("http://testserver"))
    assert "University of Kent" in shown.text
    assert "frame-ancestors *" in shown.headers["content-security-policy"]

    propose = manifest["extend"]["propose_properties"]["service_path"]
    proposed = client.get(propose, params={"type": "org:Organization", "limit": 5}).json()
    check("data-extension-property-proposal", proposed)
    assert len(proposed["properties"]) == 5

    query = {"ids": [first["id"], "org-nowhere"], "properties": [{"id": "schema:identifier"}, {"id": "rdf:type"}]}
    extended = client.post("/reconcile", data={"extend": json.dumps(query)}).json()
    check("data-extension-response", extended)
    assert {"str": "https://ror.org/00xkeyj56"} in extended["rows"][first["id"]]["schema:identifier"]
    assert extended["rows"]["org-nowhere"]["schema:identifier"] == []


@pytest.mark.parametrize(
    ("kind", "prefix", "schema"),
    [("entity", "univer", "suggest-entities-response"), ("type", "organ", "suggest-types-response"),
     ("property", "label", "suggest-properties-response")],
)  # fmt: skip
def test_suggestions_and_their_flyouts(client, kind, prefix, schema):
    found = client.get(f"/reconcile/suggest/{kind}", params={"prefix": prefix}).json()
    check(schema, found)
    assert found["result"]
    name = found["result"][0]["id"]
    flyout = client.get(f"/reconcile/flyout/{kind}?id={quote(name)}").json()
    assert flyout["id"] == name
    assert flyout["html"].startswith("<p>")


def test_a_cursor_goes_on_where_the_last_answer_ended(client):
    first = client.get("/reconcile/suggest/entity", params={"prefix": "u"}).json()["result"]
    second = client.get("/reconcile/suggest/entity", params={"prefix": "u", "cursor": len(first)}).json()["result"]
    assert not {item["id"] for item in first} & {item["id"] for item in second}


def test_an_identifier_alone_finds_its_thing(client):
    found = batch(
        client, {"q": {"query": "https://ror.org/0090zs177"}, "p": {"properties": [{"pid": "x", "v": "10004063"}]}}
    )
    assert [(item["result"][0]["id"], item["result"][0]["match"]) for item in found.values()] == [("org-lse", True)] * 2


def test_a_property_that_disagrees_takes_the_certainty(client):
    query = {"query": "University of Kent", "properties": [{"pid": "skos:prefLabel", "v": "Another"}]}
    assert batch(client, {"q": query})["q"]["result"][0]["match"] is False


def test_a_type_that_no_candidate_has_gives_none(client):
    assert batch(client, {"q": {"query": "University of Kent", "type": "asc:Barrier"}})["q"]["result"] == []


def test_a_work_is_found_by_a_damaged_title(client):
    title = "Striking ethical balances: the contributon of insider practitioner-academic social work research in Engl"
    assert batch(client, {"q": {"query": title}})["q"]["result"][0]["id"] == "work-ashworth-2023"


@pytest.mark.parametrize("form", [{"queries": "{"}, {"queries": "[]"}, {"queries": '{"q": 1}'}, {"extend": "{}"}])
def test_a_bad_batch_is_a_problem_and_not_a_crash(client, form):
    answer = client.post("/reconcile", data=form)
    assert answer.status_code == 400
    assert answer.json()["title"] == "Bad Request"


def test_a_callback_is_served_only_to_a_name(client):
    assert client.get("/reconcile?callback=jsonp1").text.startswith("/**/jsonp1({")
    assert client.get("/reconcile?callback=alert(1)//").status_code == 400


def test_what_is_typed_is_escaped_in_html(client):
    assert "<b>" not in client.get("/reconcile/flyout/property", params={"id": "<b>x"}).json()["html"]


def test_things_of_another_type_do_not_take_the_places_of_the_type_asked_for():
    works = [Record(f"{ID}w{n}", f"Institute of Care {n}", types=("fabio:Book",)) for n in range(40)]
    wanted = Record(f"{ID}o", "Institute for Care Studies", types=("org:Organization",))
    kinds = {"fabio:Book": "Book", "org:Organization": "Organization"}
    facts = {item.key: {} for item in (*works, wanted)}
    service = Reconciler(Entities((*works, wanted), facts, kinds))
    query = {"query": "Institute of Care", "type": "org:Organization"}
    batch = {"a": {"query": "Institute of Care"}, "b": query, "c": {**query, "type": "org:Nothing"}}
    found = service.answer(batch)
    assert list(found) == ["a", "b", "c"]
    assert "o" not in [item["id"] for item in found["a"]["result"]]
    assert [item["id"] for item in found["b"]["result"]] == ["o"]
    assert found["c"]["result"] == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (3, "not an object"),
        ({"query": "Kent", "properties": "x"}, "list of objects"),
        ({"query": "Kent", "properties": [{"v": "x"}]}, "with a pid"),
        ({"query": "Kent", "type": 3}, "type is a name"),
    ],
)
def test_a_query_of_the_wrong_form_is_refused_by_its_key(client, query, said):
    answer = client.post("/reconcile", data={"queries": json.dumps({"q7": query})})
    assert answer.status_code == 400
    assert "q7" in answer.text
    assert said in answer.text


@pytest.mark.parametrize("query", [{}, {"query": None}, {"query": 5, "limit": "many"}, {"query": "Kent", "limit": -1}])
def test_a_query_that_says_little_is_answered_all_the_same(client, query):
    assert isinstance(batch(client, {"q": query})["q"]["result"], list)


@pytest.mark.parametrize(("limit", "status"), [("1", 200), (1, 200), ("", 200), (None, 200), ("abc", 400), (-1, 400)])
def test_a_limit_that_is_no_number_is_refused_and_no_fault_of_the_server(client, limit, status):
    wanted = {"ids": ["org-lse"], "properties": [{"id": "schema:identifier", "settings": {"limit": limit}}]}
    assert client.post("/reconcile", data={"extend": json.dumps(wanted)}).status_code == status


def test_body_that_is_no_form_is_refused_and_none_brings_the_manifest(client):
    answer = client.post("/reconcile", json={"queries": {"q0": {"query": "nihr"}}})
    assert (answer.status_code, "form" in answer.json()["detail"]) == (400, True)
    assert client.post("/reconcile").json()["identifierSpace"]


def test_settings_that_are_no_object_are_refused(client):
    wanted = {"ids": ["org-lse"], "properties": [{"id": "schema:identifier", "settings": [1]}]}
    assert client.post("/reconcile", data={"extend": json.dumps(wanted)}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "?queries=xx",
        "?queries=" + "[" * 5_000,
        "?callback=alert(1)",
        "/preview?id=zzz",
        "/suggest/entity?prefix=a&cursor=-1",
        "/properties?limit=x",
    ],
)
def test_an_error_can_be_read_by_a_page_of_any_site(client, path):
    answer = client.get(f"/reconcile{path}")
    assert answer.status_code in {400, 404}
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_people_are_offered_things_and_plain_words_and_no_places_in_the_text(client):
    kinds = {kind["id"]: kind["name"] for kind in client.get("/reconcile").json()["defaultTypes"]}
    assert kinds["org:Organization"] == "Organisation"
    assert "c4o:InTextReferencePointer" not in kinds
    offered = client.get("/reconcile/properties", params={"type": "org:Organization"}).json()["properties"]
    names = {item["id"]: item["name"] for item in offered}
    assert (names["skos:prefLabel"], names["skos:altLabel"]) == ("name", "other name")
    assert [item["id"] for item in client.get("/reconcile/suggest/property?prefix=other").json()["result"]]
