"""YASGUI on a page of another origin, in a real browser, asks the endpoint. `make clients` first."""

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, Route, expect

from asckg.graph import Graph
from browser_case import DEADLINE, running_browser
from service_case import Server, make_home, serving

BUILD = Path(__file__).parent / "node" / "node_modules" / "@zazuko" / "yasgui" / "build"
PAGE = """<!doctype html><meta charset="utf-8"><title>YASGUI</title><link rel="stylesheet" href="yasgui.min.css">
<div id="yasgui"></div><script src="yasgui.min.js"></script>
<script>window.yasgui = new Yasgui(document.getElementById("yasgui"),
  {requestConfig: {endpoint: "ENDPOINT"}, copyEndpointOnNewTab: false});</script>"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not BUILD.is_dir(), reason="run `make clients` for this test"),
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def shipped(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = make_home(tmp_path_factory.mktemp("shipped"), graph.engine.store)
    with serving(home) as server:
        yield server


@pytest.fixture(scope="module")
def yasgui(shipped: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return the editor, on a page of another server than the endpoint's."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("yasgui.min.js", "yasgui.min.css"):
        shutil.copy(BUILD / name, folder / name)
    (folder / "index.html").write_text(PAGE.replace("ENDPOINT", f"{shipped.url}/sparql"), encoding="utf-8")
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=site.serve_forever)
    thread.start()
    try:
        with running_browser() as browser:
            page = browser.new_page()
            page.set_default_timeout(DEADLINE)
            page.route("**/*", _stay_here)
            page.goto(f"http://127.0.0.1:{site.server_port}/")
            yield page
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


def _stay_here(route: Route) -> None:
    """Let the editor speak to this machine only: it asks elsewhere for prefixes."""
    if route.request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
        route.continue_()
    else:
        route.abort()


def run(page: Page, query: str) -> None:
    page.evaluate("query => { window.yasgui.getTab().setQuery(query); }", query)
    page.locator(".tabPanel.active .yasqe_queryButton").click()


def test_yasgui_shows_the_rows_of_a_query_that_leaves_its_prefixes_out(yasgui: Page) -> None:
    run(yasgui, "SELECT ?label { r:org-nihr skos:prefLabel ?label }")
    expect(yasgui.locator(".yasr .yasr_results")).to_contain_text("National Institute for Health and Care Research")


def test_yasgui_shows_triples(yasgui: Page) -> None:
    run(yasgui, "CONSTRUCT { r:org-nihr skos:prefLabel ?label } { r:org-nihr skos:prefLabel ?label }")
    expect(yasgui.locator(".yasr .yasr_results")).to_contain_text("National Institute for Health and Care Research")


def test_yasgui_shows_what_is_wrong_with_a_query_in_the_services_own_words(yasgui: Page) -> None:
    run(yasgui, "SELECT ?label { nobody:knows skos:prefLabel ?label }")
    expect(yasgui.locator(".yasr")).to_contain_text("the prefix nobody: is not declared")
