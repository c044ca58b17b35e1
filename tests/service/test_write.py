"""Writing over HTTP: who may, where, what is kept."""

import contextlib
import shutil
import subprocess
import threading
from pathlib import Path

import httpx
import pytest

from asckg.engine.pool.using import with_data_set
from service_case import LEAVE, TOKEN, make_home, serving, small_graph
from waiting import until

MINE = "http://example.org/mine"
INSERT = f"INSERT DATA {{ GRAPH <{MINE}> {{ <http://example.org/a> <http://example.org/p> 1 }} }}"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path, small_graph())


def test_a_write_is_seen_at_once_changes_the_tag_and_survives_a_restart_and_a_rebuild(home: Path) -> None:
    settings = {"writable": True, "token": TOKEN}
    with serving(home, **settings) as server:
        before = server.query(COUNT)
        written = server.client.post("/update", data={"update": INSERT}, headers=LEAVE)
        after = server.query(COUNT)
        assert written.status_code == 204
        assert (number(before), number(after)) == ("0", "1")
        assert before.headers["etag"] != after.headers["etag"]
    with serving(home, **settings) as server:
        assert number(server.query(COUNT)) == "1"
        assert server.query(COUNT).headers["etag"].rsplit("-")[-1] != ""
    shutil.rmtree(home / "builds")
    make_home(home, list(small_graph())[:10], "fedcba9876543210")
    with serving(home, **settings) as server:
        assert number(server.query(COUNT)) == "1"


def test_an_update_may_leave_out_the_lines_of_known_prefixes(home: Path) -> None:
    with serving(home, writable=True, token=TOKEN) as server:
        update = f"INSERT DATA {{ GRAPH <{MINE}> {{ r:org-a a org:Organization ; skos:prefLabel 'A' }} }}"
        assert server.client.post("/update", data={"update": update}, headers=LEAVE).status_code == 204
        ask = "ASK { GRAPH ?g { <https://w3id.org/asckg/id/org-a> a <http://www.w3.org/ns/org#Organization> } }"
        assert server.query(ask).json()["boolean"] is True
        unknown = update.replace("org:Org", "nobody:Org")
        response = server.client.post("/update", data={"update": unknown}, headers=LEAVE)
        assert response.status_code == 400
        assert "nobody" in response.json()["detail"]


def number(response: object) -> str:
    return response.json()["results"]["bindings"][0]["n"]["value"]


def test_only_bearers_of_the_token_write(home: Path) -> None:
    with serving(home, writable=True, token=TOKEN) as server:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}):
            response = server.client.post("/update", data={"update": INSERT}, headers=headers)
            assert response.status_code == 401
            assert response.headers["www-authenticate"].startswith("Bearer")
        assert number(server.query(COUNT)) == "0"


@pytest.mark.parametrize(
    "update",
    [
        "CLEAR ALL",
        "DELETE WHERE { ?s ?p ?o }",
        "INSERT DATA { <http://example.org/a> <http://example.org/p> 1 }",
        INSERT.replace(MINE, "https://w3id.org/asckg/graph/corpus"),
        f"DROP GRAPH <https://w3id.org/asckg/graph/corpus>; {INSERT}",
        "DROP ALL",
        "DROP SILENT DEFAULT",
        "CLEAR NAMED",
        f"MOVE <https://w3id.org/asckg/graph/corpus> TO <{MINE}>",
        f"{INSERT}; COPY <{MINE}> TO <https://w3id.org/asckg/graph/corpus>",
        f"{INSERT}; ADD <{MINE}> TO DEFAULT",
        "WITH <https://w3id.org/asckg/graph/corpus> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { GRAPH asc:g { ?s ?p ?o } } USING asc:g WHERE { ?s ?p ?o }".replace(
            "asc:g", "<https://w3id.org/asckg/graph/corpus>"
        ),
        # Graphs that a later build may have: external tables get names like this one.
        INSERT.replace(MINE, "https://w3id.org/asckg/graph/external-later"),
        "CREATE GRAPH <https://w3id.org/asckg/graph/external-later>",
        "COPY <https://w3id.org/asckg/graph/corpus> TO <https://w3id.org/asckg/graph/external-later>",
    ],
)
def test_the_corpus_cannot_be_written_to(home: Path, update: str) -> None:
    with serving(home, writable=True, token=TOKEN) as server:
        whole = server.query("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
        assert server.client.post("/update", data={"update": update}, headers=LEAVE).status_code == 403
        assert server.client.delete("/graphs?default", headers=LEAVE).status_code == 403
        later = {"graph": "https://w3id.org/asckg/graph/external-later"}
        turtle = {"Content-Type": "text/turtle", **LEAVE}
        assert server.client.put("/graphs", params=later, content=b"<a> <b> 1 .", headers=turtle).status_code == 403
        again = server.query("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ")
        assert number(again) == number(whole) == "800"


def test_a_write_that_fails_changes_nothing_and_the_next_one_works(home: Path) -> None:
    with serving(home, writable=True, token=TOKEN, timeout=6.0) as server:
        turtle = {"Content-Type": "text/turtle", **LEAVE}
        params = {"graph": MINE}
        assert server.client.put("/graphs", params=params, content=b"<a> <b> ", headers=turtle).status_code == 400
        endless = f"INSERT {{ GRAPH <{MINE}> {{ ?a ?b ?o }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?o }}"
        stopped = server.client.post("/update", data={"update": endless}, headers=LEAVE).status_code
        assert stopped in (503, 504)  # whichever of the two limits it meets first
        assert (
            server.client.post("/update", data={"update": "LOAD <http://127.0.0.1/>"}, headers=LEAVE).status_code == 403
        )
        assert number(server.query(COUNT)) == "0"
        assert server.client.put("/graphs", params=params, content=b"<a> <b> 1 .", headers=turtle).status_code == 201
        assert number(server.query(COUNT)) == "1"


def test_many_writes_leave_no_processes_behind(home: Path) -> None:
    with serving(home, writable=True, token=TOKEN) as server:
        for value in range(12):
            update = INSERT.replace("1 }", f"{value} }}")
            assert server.client.post("/update", data={"update": update}, headers=LEAVE).status_code == 204
        assert number(server.query(COUNT)) == "12"
        until(lambda: server.client.get("/health/ready").json()["workers"] <= 8, "the end of the workers before")
        until(lambda: not ended_children(server.process.pid), "the server to take leave of what has ended")


def ended_children(parent: int) -> list[str]:
    """Return the children of a process that have ended and are still in the list of processes."""
    lines = subprocess.run(["ps", "-A", "-o", "ppid=,stat="], capture_output=True, text=True, check=True).stdout
    return [line for line in lines.splitlines() if line.split()[0] == str(parent) and line.split()[1].startswith("Z")]


def test_the_kill_of_the_server_during_writes_loses_nothing_that_was_answered(home: Path) -> None:
    settings = {"writable": True, "token": TOKEN}
    answered = 0
    with serving(home, **settings) as server:
        killer = threading.Timer(0.1, server.process.kill)
        with contextlib.suppress(httpx.TransportError):
            while True:
                update = INSERT.replace("1 }", f"{answered} }}")
                assert server.client.post("/update", data={"update": update}, headers=LEAVE).status_code == 204
                answered += 1
                if answered == 3:
                    killer.start()
        killer.join()
    assert answered >= 3
    with serving(home, **settings) as server:
        assert answered <= int(number(server.query(COUNT))) <= answered + 1


@pytest.mark.parametrize(
    ("media_type", "document"),
    [
        ("application/n-quads", "<urn:a> <urn:b> <urn:c> <{}> ."),
        ("application/trig", "<{}> {{ <urn:a> <urn:b> <urn:c> }}"),
        ("application/trig", "_:{{ <urn:a> <urn:b> <urn:c> }}"),
        ("application/ld+json", '{{"@id": "{}", "@graph": [{{"@id": "urn:a", "urn:b": "c"}}]}}'),
    ],
)
def test_a_document_cannot_name_graphs_of_its_own(home: Path, media_type: str, document: str) -> None:
    with serving(home, writable=True, token=TOKEN) as server:
        everything = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        before = number(server.query(everything))
        for method in ("PUT", "POST"):
            content = document.format("https://w3id.org/asckg/graph/corpus").replace("_:{", "_:g {")
            headers = {"Content-Type": media_type, **LEAVE}
            response = server.client.request(
                method, "/graphs", params={"graph": MINE}, content=content, headers=headers
            )
            assert response.status_code == 400
        assert number(server.query(everything + " ")) == before


def test_documents_of_quad_formats_are_read_into_the_graph_that_the_request_names(home: Path) -> None:
    with serving(home, writable=True, token=TOKEN) as server:
        documents = {
            "application/n-quads": "_:a <urn:b> <urn:c> .",
            "application/trig": "{ <urn:a> <urn:b> 'trig' }",
            "application/ld+json": '{"@id": "urn:a", "urn:b": "c"}',
        }
        for media_type, content in documents.items():
            headers = {"Content-Type": media_type, **LEAVE}
            written = server.client.post("/graphs", params={"graph": MINE}, content=content, headers=headers)
            assert written.is_success, written.text
        assert number(server.query(COUNT)) == "3"


def test_a_graph_that_a_blank_node_would_name_is_refused_since_it_could_not_be_kept(home: Path) -> None:
    with serving(home, writable=True, token=TOKEN) as server:
        update = "INSERT { GRAPH ?g { <urn:a> <urn:b> 1 } } WHERE { BIND(BNODE() AS ?g) }"
        response = server.client.post("/update", data={"update": update}, headers=LEAVE)
        assert response.status_code == 403
        assert "blank node" in response.json()["detail"]


def test_an_update_that_the_graphs_do_not_let_through_is_409(home: Path) -> None:
    with serving(home, writable=True, token=TOKEN) as server:
        for update in (f"{INSERT}; CREATE GRAPH <{MINE}>", "DROP GRAPH <http://example.org/none>"):
            assert server.client.post("/update", data={"update": update}, headers=LEAVE).status_code == 409
        assert number(server.query(COUNT)) == "0"


def test_a_write_that_cannot_be_stored_is_507_and_changes_nothing(home: Path) -> None:
    with serving(home, writable=True, token=TOKEN) as server:
        in_the_way = home / "user" / "data.new"
        in_the_way.mkdir()
        response = server.client.post("/update", data={"update": INSERT}, headers=LEAVE)
        assert response.status_code == 507
        assert "nothing changed" in response.json()["detail"]
        assert number(server.query(COUNT)) == "0"
        in_the_way.rmdir()
        assert server.client.post("/update", data={"update": INSERT}, headers=LEAVE).status_code == 204
        assert number(server.query(COUNT)) == "1"


def test_two_servers_do_not_write_the_same_graphs(home: Path) -> None:
    with serving(home, writable=True, token=TOKEN) as first:
        with pytest.raises(AssertionError, match="another server writes"), serving(home, writable=True, token=TOKEN):
            pass
        with serving(home) as reader:
            assert reader.query(COUNT).status_code == 200
        assert first.client.post("/update", data={"update": INSERT}, headers=LEAVE).status_code == 204
    with serving(home, writable=True, token=TOKEN) as next_one:
        assert number(next_one.query(COUNT)) == "1"


def test_protocol_data_sets_reach_every_operation_of_an_update() -> None:
    text = "DELETE WHERE { ?s ?p ?o } ; INSERT { ?s a 1 } WHERE { { SELECT * WHERE { ?s ?p 'WHERE' } } }"
    changed = with_data_set(text, ["http://a/"], ["http://b/"])
    clause = "USING <http://a/> USING NAMED <http://b/> "
    assert changed == (
        "DELETE { ?s ?p ?o } "
        + clause
        + "WHERE { ?s ?p ?o } ; INSERT { ?s a 1 } "
        + clause
        + "WHERE { { SELECT * WHERE { ?s ?p 'WHERE' } } }"
    )


def test_protocol_data_sets_are_iris() -> None:
    with pytest.raises(ValueError, match="not an IRI"):
        with_data_set("DELETE WHERE { ?s ?p ?o }", ["http://a/> } #"], None)
