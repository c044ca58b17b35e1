"""Methods, hosts and encodings of every path, and what pages of other sites may read."""

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zstandard
from fastapi.testclient import TestClient

from asckg_api.app import create_app
from asckg_api.settings import Settings
from service_case import Server, make_home, serving, small_graph

SITE = "https://site.example"
ASKED = {"Origin": SITE, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(make_home(tmp_path_factory.mktemp("method"), small_graph()), cache=1 << 20) as server:
        yield server


@pytest.fixture(scope="module")
def client(home: Path) -> TestClient:
    return TestClient(create_app(Settings(home=home)), follow_redirects=False)


def exchange(server: Server, request: str) -> tuple[bytes, bytes]:
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=60) as line:
        line.sendall(request.encode())
        received = b""
        while piece := line.recv(65536):
            received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    return head, body


@pytest.mark.parametrize(
    ("fields", "status"),
    [("", 400), ("Host: a\r\nHost: a\r\n", 400), ("Host: a\r\nHost: b\r\n", 400), ("Host: a\r\n", 200)],
)
def test_a_request_names_one_host(server: Server, fields: str, status: int) -> None:
    head, body = exchange(server, f"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\n{fields}Connection: close\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert (b'"status":400' in body) is (status == 400)


def test_a_request_of_http_1_0_needs_no_host(server: Server) -> None:
    assert exchange(server, "GET /sparql?query=ASK%20%7B%7D HTTP/1.0\r\n\r\n")[0].startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "request_line",
    [
        "FOO /sparql HTTP/1.1",
        "GET /sparql?query=é HTTP/1.1",
        "POST /sparql HTTP/1.1\r\nContent-Length: x",
    ],
)
def test_what_is_no_http_is_refused_with_a_problem_document(server: Server, request_line: str) -> None:
    head, body = exchange(server, f"{request_line}\r\nHost: a\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in head
    assert b"connection: close" in head.lower()
    assert b'"status":400' in body


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics", "/.well-known/void"])
def test_what_is_only_read_is_not_posted_to(server: Server, path: str) -> None:
    response = server.client.post(path)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    asked = server.client.options(path, headers=ASKED)
    assert (asked.status_code, asked.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert ("access-control-allow-origin" in asked.headers) is path.startswith("/.well")


LARGE = "SELECT * { ?s ?p ?o . ?s2 ?p2 ?o2 } LIMIT 20000"


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_an_answer_too_large_to_be_kept_is_compressed_on_its_way(server: Server, encoding: str) -> None:
    plain = server.client.get("/sparql", params={"query": LARGE}, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert int(plain.headers["content-length"]) == len(plain.content) > 1 << 20
    url = server.client.build_request("GET", "/sparql", params={"query": LARGE}, headers={"Accept-Encoding": encoding})
    with_head = server.client.head(url.url, headers={"Accept-Encoding": encoding})
    assert with_head.headers["content-encoding"] == encoding
    response = server.client.send(url, stream=True)
    packed = b"".join(response.iter_raw())
    response.close()
    assert response.headers["content-encoding"] == encoding
    assert response.headers["etag"] == plain.headers["etag"]
    unpacked = (
        zstandard.ZstdDecompressor().decompressobj().decompress(packed)
        if encoding == "zstd"
        else gzip.decompress(packed)
    )
    assert unpacked == plain.content
    assert len(packed) * 4 < len(unpacked)


def test_a_large_answer_to_a_client_of_http_1_0_has_a_length(server: Server) -> None:
    target = str(server.client.build_request("GET", "/sparql", params={"query": LARGE}).url.raw_path, "ascii")
    head, body = exchange(server, f"GET {target} HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in head.lower()


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/id/org-nihr", "GET, HEAD, OPTIONS"),
        ("/reconcile", "GET, HEAD, OPTIONS, POST"),
        ("/links/decide", "OPTIONS, POST"),
        ("/health", "GET, HEAD, OPTIONS"),
    ],
)
def test_every_page_tells_its_methods(client: TestClient, path: str, methods: str) -> None:
    assert (client.options(path).status_code, client.options(path).headers["allow"]) == (204, methods)
    assert (client.delete(path).status_code, client.delete(path).headers["allow"]) == (405, methods)


def test_a_path_that_is_not_there_has_no_methods(client: TestClient) -> None:
    assert client.options("/nothing-here").status_code == 404


DATA = ["/data/org-nihr.ttl", "/id/org-nihr", "/maps/barriers.json", "/claims.json", "/reconcile", "/.well-known/void"]
OWN = ["/links", "/health", "/health/live", "/metrics"]


@pytest.mark.parametrize("path", DATA)
def test_data_are_open_to_the_origins_of_the_setting_and_no_others(home: Path, client: TestClient, path: str) -> None:
    named = TestClient(create_app(Settings(home=home, cors_origins=(SITE,))), follow_redirects=False)
    for asked in (client.get, client.options):
        assert asked(path, headers=ASKED).headers["access-control-allow-origin"] == "*"
    for asked in (named.get, named.options):
        assert asked(path, headers=ASKED).headers["access-control-allow-origin"] == SITE
        other = asked(path, headers={**ASKED, "Origin": "https://other.example"})
        assert "access-control-allow-origin" not in other.headers
        assert "Origin" in other.headers["vary"]
    assert "if-none-match" in client.options(path, headers=ASKED).headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize("path", OWN)
def test_what_is_for_operators_and_reviewers_is_open_to_no_other_site(client: TestClient, path: str) -> None:
    for asked in (client.get, client.options):
        assert "access-control-allow-origin" not in asked(path, headers=ASKED).headers


def test_a_page_is_open_to_no_other_site(client: TestClient) -> None:
    response = client.get("/", headers={**ASKED, "Accept": "text/html"})
    assert response.headers["content-type"].startswith("text/html")
    assert "access-control-allow-origin" not in response.headers


def test_the_description_of_the_data_has_a_tag_and_is_compressed(home: Path) -> None:
    with TestClient(create_app(Settings(home=home))) as client:
        turtle = {"Accept": "text/turtle", "Accept-Encoding": "gzip"}
        first = client.get("/.well-known/void", headers=turtle)
        assert (first.status_code, first.headers["content-encoding"]) == (200, "gzip")
        known = client.get("/.well-known/void", headers={**turtle, "If-None-Match": first.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")
