"""SERVICE for listed endpoints only, asked by the server itself."""

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from asckg.engine.guard.address import check_listed, is_public
from asckg.error import AsckgError
from endpoint_case import oxigraph_serve
from service_case import LEAVE, TOKEN, make_home, serving, small_graph
from waiting import until

DATA = b'<http://example.org/far> <http://example.org/p> "far away" <http://example.org/g> .\n' * 1


@pytest.fixture(scope="module")
def far() -> Iterator[str]:
    nquads = DATA + b'<http://example.org/far> <http://example.org/p> "far away" .\n'
    with oxigraph_serve(nquads) as url:
        yield url


class _Redirect(BaseHTTPRequestHandler):
    target = ""

    def do_POST(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.target)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def service(url: str, tail: str = "") -> str:
    return f"SELECT * {{ SERVICE <{url}> {{ ?s <http://example.org/p> ?o }} {tail} }}"


def test_a_listed_endpoint_is_asked_and_no_other(tmp_path: Path, far: str) -> None:
    with serving(make_home(tmp_path, small_graph()), service_allow=[far]) as server:
        answer = server.query(service(far)).json()
        assert answer["results"]["bindings"][0]["o"]["value"] == "far away"
        assert server.query(service(far + "?other")).status_code == 403
        assert server.query("SELECT * { SERVICE ?e { ?s ?p ?o } }").status_code == 403
        assert server.query(service(far, "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }")).status_code == 403
        assert "etag" not in server.query(service(far)).headers


def test_the_way_to_listed_endpoints_stays_open_after_writes_and_a_new_build(tmp_path: Path, far: str) -> None:
    home = make_home(tmp_path / "home", small_graph())
    (home / "current").write_text("bare\n", encoding="ascii")
    other = make_home(tmp_path / "other", small_graph(), "fedcba9876543210")
    with serving(home, service_allow=[far], writable=True, token=TOKEN) as server:

        def ask_far() -> str:
            return str(server.query(service(far)).json()["results"]["bindings"][0]["o"]["value"])

        assert ask_far() == "far away"
        for number in range(3):
            update = f"INSERT DATA {{ GRAPH <http://example.org/mine> {{ <http://a/> <http://b/> {number} }} }}"
            assert server.client.post("/update", data={"update": update}, headers=LEAVE).status_code == 204
            assert ask_far() == "far away"
        (other / "builds" / "bare").rename(home / "builds" / "second")
        (home / "current").write_text("second\n", encoding="ascii")
        until(lambda: server.client.get("/health/ready").json()["data"].startswith("fedcba9876543210"), "the new build")
        assert ask_far() == "far away"


def test_a_redirect_is_not_followed(tmp_path: Path, far: str) -> None:
    _Redirect.target = far
    redirecting = HTTPServer(("127.0.0.1", 0), _Redirect)
    thread = threading.Thread(target=redirecting.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{redirecting.server_port}/sparql"
    try:
        with serving(make_home(tmp_path, small_graph()), service_allow=[url]) as server:
            assert server.query(service(url)).status_code == 500
    finally:
        redirecting.shutdown()
        redirecting.server_close()
        thread.join()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.5.4",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104  refused, not listened on
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "https://user@a.example/", "a.example", ""])
def test_what_is_no_endpoint_cannot_be_listed(url: str) -> None:
    with pytest.raises(AsckgError):
        check_listed(url)
