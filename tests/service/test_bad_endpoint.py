"""An endpoint behind `--endpoint` that is down, slow, or speaks badly: what clients of pages and queries hear."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from asckg.engine.endpoint import EndpointPool
from asckg.engine.pool import Kind, Limits, Reply, Request
from asckg.engine.remote import RemoteEngine
from asckg.error import EndpointError
from asckg_api import problem
from asckg_api.sparql.report import from_reply

JSON = "application/sparql-results+json"
QUERY = Request("query", "SELECT * { ?s ?p ?o }", 1, 64)


@contextmanager
def answering(status: int, media_type: str, body: bytes, drip: threading.Event | None = None) -> Iterator[str]:
    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name is http.server's
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.end_headers()
            try:
                while drip is not None and not drip.wait(0.05):
                    self.wfile.write(b" ")
                self.wfile.write(body)
            except ConnectionError:
                return

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        if drip is not None:
            drip.set()
        server.shutdown()
        thread.join()
        server.server_close()


def asked(url: str) -> Reply:
    async def ask() -> Reply:
        engine = RemoteEngine(url, version="1")
        pool = EndpointPool(engine, Limits())
        try:
            return await pool.submit(QUERY).done
        finally:
            await pool.close()
            engine.close()

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("status", "media_type", "body"),
    [
        (200, "text/html", b"<h1>Welcome</h1>"),
        (200, JSON, b"<h1>Welcome</h1>"),
        (200, JSON, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":'),
        (200, JSON, b"[1,2]"),
        (200, JSON, b""),
        (200, JSON, bytes(range(256))),
        (200, "application/sparql-results+xml", b"<sparql/>"),
        (200, "", b"{}"),
        (500, "text/plain", b"a stack trace"),
        (401, "text/plain", b"no"),
        (302, "text/plain", b""),
    ],
)
def test_what_is_no_answer_is_not_sent_on_but_502(status: int, media_type: str, body: bytes) -> None:
    with answering(status, media_type, body) as url:
        reply = asked(url)
        refusal = from_reply(reply, "", 1)
        assert (reply.kind, refusal.status) == (Kind.BAD_ENDPOINT, 502)
        assert url in refusal.detail
        assert "stack trace" not in refusal.detail


@pytest.mark.parametrize("media_type", [JSON, "application/json", f"{JSON}; charset=utf-8"])
def test_an_answer_is_sent_on_as_it_is(media_type: str) -> None:
    body = b' {"head":{"vars":["s"]},"results":{"bindings":[]}}\n'
    with answering(200, media_type, body) as url:
        reply = asked(url)
        assert (reply.kind, reply.payload) == (Kind.RESULT, body)


def test_an_answer_that_drips_is_given_up_at_the_limit() -> None:
    with answering(200, JSON, b"{}", threading.Event()) as url:
        engine = RemoteEngine(url, timeout=0.3, version="1")
        with pytest.raises(EndpointError, match=r"did not answer within 0\.3 s") as raised:
            engine.ask("ASK {}")
        assert raised.value.status == 504
        engine.close()


def test_pages_ask_within_the_limit_of_queries() -> None:
    async def limit() -> float:
        engine = RemoteEngine("http://127.0.0.1:1/sparql", version="1")
        await EndpointPool(engine, Limits(timeout=4.0)).close()
        engine.close()
        return engine.timeout

    assert asyncio.run(limit()) == 4.0


def test_a_page_says_whose_fault_it_is() -> None:
    app = FastAPI()
    problem.install(app)

    @app.get("/{status}")
    def page(status: int) -> None:
        if status == 503:
            RemoteEngine("http://127.0.0.1:1/sparql").ask("ASK {}")
        raise EndpointError("http://e.example answered nothing", status)

    client = TestClient(app)
    for status in (502, 503, 504):
        response = client.get(f"/{status}")
        assert (response.status_code, response.json()["status"]) == (status, status)
        assert response.headers["retry-after"] == "10"
