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

from asckg.link.decision import Decision, dump
from asckg.link.queue import Queue
from browser_case import DEADLINE, running_browser, settled

ROOT = Path(__file__).resolve().parents[2]
EVIL = '<img src=x onerror="window.planted=1"><script>window.planted=1</script>'
PLANTED = Path(__file__).with_name("planted.ttl")
WAITING = [
    Decision(subject, "A thing", "skos:exactMatch", "", f"row:t/{number}", name, similarity_score=score,
             object_source="source:t", comment="alike; row: place Camford", other="status=suggested;words=0.8")
    for number, (subject, name, score) in enumerate([
        ("r:org-lse", "LSE", "0.900"), ("r:org-lse", "LSE", "0.900"), ("r:org-esrc", "ESRC", "0.880"),
        ("r:org-ukri", "UKRI", "0.870"),
    ])
]  # fmt: skip


@pytest.fixture(scope="module")
def chromium():
    """Return a browser; for one module, since Playwright's loop must not stand while others run theirs."""
    with running_browser() as browser:
        yield browser


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


def stop(server):
    """End a server and wait until it has ended."""
    server.terminate()
    try:
        server.wait(60)
    finally:
        server.kill()
        server.wait()
        server.stderr.close()


def _wait_for(address):
    """Wait until the server answers: its line comes when the port is taken, a moment before that."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
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
    stop(server)


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
    stop(server)


@pytest.fixture
def reviewed(tmp_path):
    """Return the address of a server that takes decisions, and its queue."""
    for tree in ("ontology", "queries"):
        shutil.copytree(ROOT / tree, tmp_path / tree)
    shutil.copytree(ROOT / "graph_data/kendrick-2023", tmp_path / "graph_data/kendrick-2023")
    links = tmp_path / "graph_data/links"
    links.mkdir()
    (links / "t.sssom.tsv").write_text(dump(WAITING, "t", "T", "https://example.org/"), encoding="utf-8")
    server, address = serve("--corpus", tmp_path, "--home", tmp_path / "home", "--review")
    yield address, Queue(links)
    stop(server)


@pytest.fixture
def opened(chromium):
    """Return a function that opens an address and notes what the page asks of others and complains of."""
    contexts = []

    def visit(address, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 860}, **options})
        contexts.append(context)
        context.set_default_timeout(DEADLINE)
        page = context.new_page()
        page.complaints, page.strangers = [], []
        host = re.match(r"https?://[^/]+", address)
        page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda r: None if _ours(r.url, host) else page.strangers.append(r.url))
        page.goto(address)
        return settled(page) if options.get("java_script_enabled", True) else page

    yield visit
    for context in contexts:
        context.close()


def _ours(url, host):
    return url.startswith(("data:", "blob:", "file:")) or (host is not None and url.startswith(host[0]))
