"""Whole graphs over HTTP: empty ones, several documents at once, writes on a condition."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service_case import LEAVE, TOKEN, Server, make_home, serving, small_graph

MINE = "http://example.org/mine"
TURTLE = {"Content-Type": "text/turtle", **LEAVE}
NAMES = "SELECT ?g { GRAPH ?g {} }"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path, small_graph())


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    with serving(home, writable=True, token=TOKEN) as server:
        yield server


def put(server: Server, content: bytes, graph: str = MINE, **headers: str) -> httpx.Response:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return server.client.put("/graphs", params={"graph": graph}, content=content, headers={**TURTLE, **given})


def get(server: Server, graph: str = MINE) -> httpx.Response:
    return server.client.get("/graphs", params={"graph": graph}, headers={"Accept": "application/n-triples"})


def names(server: Server) -> set[str]:
    return {row["g"]["value"] for row in server.query(NAMES).json()["results"]["bindings"]}


def test_an_empty_graph_is_there_when_it_was_made_and_after_a_restart(home: Path) -> None:
    made = {MINE, MINE + "/created", MINE + "/emptied"}
    with serving(home, writable=True, token=TOKEN) as server:
        before = server.query(NAMES).headers["etag"]
        assert put(server, b"").status_code == 201
        assert get(server).status_code == 200
        assert put(server, b"").status_code == 204
        emptied = f"GRAPH <{MINE}/emptied> {{ <urn:a> <urn:b> 1 }}"
        update = f"CREATE GRAPH <{MINE}/created>; INSERT DATA {{ {emptied} }}; DELETE DATA {{ {emptied} }}"
        assert server.client.post("/update", data={"update": update}, headers=LEAVE).status_code == 204
        assert made <= names(server)
        assert server.query(NAMES).headers["etag"] != before
    with serving(home, writable=True, token=TOKEN) as server:
        assert made <= names(server)
        assert put(server, b"<urn:a> <urn:b> 1 .").status_code == 204
        assert server.client.delete("/graphs", params={"graph": MINE + "/created"}, headers=LEAVE).status_code == 204
    with serving(home, writable=True, token=TOKEN) as server:
        assert MINE + "/created" not in names(server)
        assert get(server).text.count("\n") == 1


PART = "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: {}\r\n{}\r\n<urn:a> <urn:b> {} .\r\n"
FIRST, SECOND = PART.format("text/turtle", "", 1), PART.format("text/turtle", "", 2)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (FIRST + SECOND, 400),
        (FIRST + SECOND + "--", 400),
        ("", 400),
        ("--b--\r\n", 400),
        (FIRST + PART.format("text/turtle; charset=iso-8859-1", "", 2) + "--b--\r\n", 415),
        (FIRST + PART.format("text/turtle", "Content-Transfer-Encoding: base64\r\n", 2) + "--b--\r\n", 415),
        (FIRST + PART.format("image/png", "", 2) + "--b--\r\n", 415),
    ],
)
def test_a_form_that_is_not_whole_or_has_a_part_that_cannot_be_read_changes_nothing(
    server: Server, body: str, status: int
) -> None:
    multipart = "multipart/form-data; boundary=b"
    assert put(server, b"<urn:a> <urn:b> 0 .").status_code == 201
    assert put(server, body.encode(), Content_Type=multipart).status_code == status
    assert "integer" in get(server).text
    assert '"0"' in get(server).text
    assert put(server, (FIRST + SECOND + "--b--\r\n").encode(), Content_Type=multipart).status_code == 204
    assert get(server).text.count("\n") == 2


def test_a_document_that_cannot_be_read_is_called_a_document(server: Server) -> None:
    response = put(server, b"<urn:a> <urn:b> ")
    assert response.status_code == 400
    assert response.json()["detail"].startswith("the document cannot be read")


def test_a_write_on_a_condition_is_done_only_while_it_holds(server: Server) -> None:
    assert put(server, b"<urn:a> <urn:b> 0 .", If_Match="*").status_code == 412
    assert put(server, b"<urn:a> <urn:b> 1 .", If_None_Match="*").status_code == 201
    assert put(server, b"<urn:a> <urn:b> 2 .", If_None_Match="*").status_code == 412
    tag = get(server).headers["etag"]
    assert put(server, b"<urn:a> <urn:b> 2 .", If_Match='"other"').status_code == 412
    assert put(server, b"<urn:a> <urn:b> 2 .", If_None_Match=tag).status_code == 412
    assert '"1"' in get(server).text
    assert put(server, b"<urn:a> <urn:b> 3 .", If_Match=f'"other", {tag}').status_code == 204
    for method in ("PUT", "POST", "DELETE"):
        stale = {**TURTLE, "If-Match": tag}
        response = server.client.request(
            method, "/graphs", params={"graph": MINE}, content=b"<urn:a> <urn:b> 4 .", headers=stale
        )
        assert response.status_code == 412, method
        assert response.json()["status"] == 412
    assert '"3"' in get(server).text


def test_of_several_writers_who_read_the_same_one_wins(server: Server) -> None:
    assert put(server, b"<urn:a> <urn:b> 0 .").status_code == 201
    tag = get(server).headers["etag"]
    statuses: list[int] = []

    def write(value: int) -> None:
        content = f"<urn:a> <urn:b> {value} .".encode()
        with httpx.Client(base_url=server.url, timeout=60, trust_env=False) as client:
            headers = {**TURTLE, "If-Match": tag}
            statuses.append(client.put("/graphs", params={"graph": MINE}, content=content, headers=headers).status_code)

    writers = [threading.Thread(target=write, args=(value,)) for value in range(1, 7)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(statuses) == [204, *[412] * 5]
