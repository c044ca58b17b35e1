"""A server of its own, a real browser, and a corpus whose every label is planted with HTML."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from browser.chromium import HOW, find

ROOT = Path(__file__).resolve().parents[2]
EVIL = '<img src=x onerror="window.planted=1"><script>window.planted=1</script>'
PLANTED = Path(__file__).with_name("planted.ttl")


@pytest.fixture(scope="module")
def chromium():
    """Return a browser; for one module, since Playwright's loop must not stand while others run theirs."""
    path = find()
    if path is None:
        pytest.fail(HOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def serve(*arguments):
    """Start a server on a free port; return it and its address."""
    command = [sys.executable, "-c", "from asckg.cli import main; main()", "serve", "--port", "0", *map(str, arguments)]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "api")])
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})
    line = server.stderr.readline()
    found = re.search(r"http://\S+", line)
    assert found, line
    address = found[0].rstrip("/")
    _wait_for(address)
    return server, address


def _wait_for(address):
    """Wait until the server answers: its line comes when the port is taken, a moment before that."""
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/health", timeout=5) as answer:
            assert answer.status == 200
            return
        time.sleep(0.1)
    pytest.fail(f"{address} did not answer within a minute")


@pytest.fixture(scope="session")
def site(home, graph):
    """Return the address of a server on the shipped graph, which is built already."""
    assert graph.build.version
    server, address = serve("--home", home)
    yield address
    server.terminate()
    server.wait(10)
    server.stderr.close()


@pytest.fixture(scope="session")
def planted(tmp_path_factory):
    """Return the address of a server on a corpus whose labels are HTML that would run."""
    corpus = tmp_path_factory.mktemp("planted")
    for tree in ("ontology", "queries"):
        shutil.copytree(ROOT / tree, corpus / tree)
    data = corpus / "graph_data" / "planted"
    data.mkdir(parents=True)
    escaped = EVIL.replace('"', '\\"')
    (data / "planted.ttl").write_text(PLANTED.read_text(encoding="utf-8").replace("EVIL", escaped), encoding="utf-8")
    server, address = serve("--corpus", corpus, "--home", corpus / "home")
    yield address
    server.terminate()
    server.wait(10)
    server.stderr.close()


@pytest.fixture
def opened(chromium):
    """Return a function that opens an address and notes what the page asks of others and complains of."""
    contexts = []

    def visit(address, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 860}, **options})
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.strangers = [], []
        host = re.match(r"https?://[^/]+", address)
        page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda r: None if _ours(r.url, host) else page.strangers.append(r.url))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    yield visit
    for context in contexts:
        context.close()


def _ours(url, host):
    return url.startswith(("data:", "blob:", "file:")) or (host is not None and url.startswith(host[0]))


def until(page, expression):
    """Wait until a JavaScript expression is true in the page; Playwright's own wait needs a policy that allows eval."""
    page.evaluate(f"""new Promise((done, fail) => {{
      const last = Date.now() + 60000;
      const look = () => {{
        if ({expression}) done();
        else if (Date.now() > last) fail(new Error("never true"));
        else setTimeout(look, 20);
      }};
      look();
    }})""")
