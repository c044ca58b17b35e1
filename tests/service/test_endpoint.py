"""`asckg serve --endpoint`: the pages and the protocol over another server's graph."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest

from asckg.graph import Graph
from endpoint_case import oxigraph_serve
from service_case import wait_until_ready

COMMAND = [sys.executable, "-c", "from asckg.cli import main; main()", "serve", "--port", "0", "--endpoint"]


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[httpx.Client]:
    nquads = ox.Store.read_only(str(graph.build.store_path)).dump(format=ox.RdfFormat.N_QUADS)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ASCKG_TIMEOUT": "60"}
    with oxigraph_serve(nquads) as url:
        process = subprocess.Popen([*COMMAND, url], stderr=subprocess.PIPE, text=True, env=environment)
        assert process.stderr is not None
        said = next(line for line in process.stderr if "asckg is at" in line)
        address = re.search(r"http://\S+/", said)
        assert address, said
        try:
            with httpx.Client(base_url=address[0], timeout=90, trust_env=False) as started:
                wait_until_ready(started)
                yield started
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            finally:
                process.kill()
                process.wait()
                process.stderr.close()


def test_queries_see_the_graphs_that_the_product_names(client: httpx.Client) -> None:
    text = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a asc:Claim }"
    declared = "PREFIX asc: <https://w3id.org/asckg/def#> " + text
    # The endpoint knows no prefixes: a query without their lines gets them on its way.
    counts = {
        client.get("/sparql", params={"query": one}).json()["results"]["bindings"][0]["n"]["value"]
        for one in (declared, text)
    }
    assert len(counts) == 1
    assert int(counts.pop()) > 0


def test_a_slow_query_is_504_and_a_bad_one_400(client: httpx.Client) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }"
    assert client.get("/sparql", params={"query": slow, "timeout": "1"}).status_code == 504
    assert client.get("/sparql", params={"query": "SELECT *"}).status_code == 400


def test_pages_are_shown(client: httpx.Client) -> None:
    for path in ("/", "/page/org-nihr"):
        response = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        assert response.status_code == 200, (path, response.text[:500])


def test_writing_is_refused(client: httpx.Client) -> None:
    assert client.post("/update", data={"update": "CLEAR ALL"}).status_code == 403
