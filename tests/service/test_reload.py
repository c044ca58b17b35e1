"""A new build is taken into service without dropping a request; many who ask the same ask once; a path before all."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox

from service_case import EX, make_home, serving, small_graph
from waiting import until

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def test_a_new_build_is_served_without_dropping_a_request(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", small_graph())
    (home / "current").write_text("bare\n", encoding="ascii")
    more = ox.Quad(ox.NamedNode(EX + "new"), ox.NamedNode(EX + "p"), ox.Literal("new"))
    other = make_home(tmp_path / "other", [*small_graph(), more], "fedcba9876543210")
    statuses: list[int] = []
    with serving(home) as server:
        stop = threading.Event()

        def hammer() -> None:
            with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client:
                while not stop.is_set():
                    text = f"SELECT (COUNT(*) AS ?n{len(statuses)}) {{ ?s ?p ?o }}"
                    statuses.append(client.get("/sparql", params={"query": text}).status_code)

        threads = [threading.Thread(target=hammer) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            until(lambda: len(statuses) > 10, "the first answers")
            (other / "builds" / "bare").rename(home / "builds" / "second")
            (home / "current").write_text("second\n", encoding="ascii")
            until(lambda: server.client.get("/health/ready").json()["data"] == "fedcba9876543210", "the new build")
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert server.query(COUNT).json()["results"]["bindings"][0]["n"]["value"] == "401"
    assert set(statuses) == {200}


def test_the_same_query_asked_by_many_at_once_runs_once(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), workers=1, heavy=0, queue=4, timeout=60.0) as server:
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STR(?c) != STR(?f)) }"

        def ask(_: int) -> tuple[int, bytes]:
            response = httpx.get(f"{server.url}/sparql", params={"query": slow}, timeout=60, trust_env=False)
            return response.status_code, response.content

        with ThreadPoolExecutor(16) as threads:
            answers = set(threads.map(ask, range(16)))
    assert len(answers) == 1
    assert answers.pop()[0] == 200


def test_the_service_works_below_a_path(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), root_path="/below") as server:
        for path in ("/below", ""):  # a proxy that keeps the path, and one that strips it
            assert f"<{server.url}/below/sparql>" in server.client.get(f"{path}/sparql").text
            assert server.client.get(f"{path}/graphs?default").status_code == 200


def test_the_proxys_scheme_and_host_are_those_of_the_description(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph())) as server:
        headers = {"X-Forwarded-Proto": "https", "Host": "graph.example"}
        assert "<https://graph.example/sparql>" in server.client.get("/sparql", headers=headers).text
