"""The site is built whole and works without a network."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from browser_case import DEADLINE, running_browser
from docs_page import DOCS, ROOT

pytestmark = pytest.mark.xdist_group("site")  # built once


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_no_page_asks_a_third_party_for_anything(site):
    asks = re.compile(r"""<(?:script|img|iframe|link)[^>]*(?:src|href)=["'](?:https?:)?//(?!127\.0\.0\.1)[^"']*""")
    found = {hit for page in site.rglob("*.html") for hit in asks.findall(page.read_text(encoding="utf-8"))}
    assert {hit for hit in found if 'rel="canonical"' not in hit} == set()


def test_the_site_can_be_searched_from_a_file(site):
    assert (site / "search" / "search_index.js").is_file()


@pytest.mark.browser
def test_a_reader_finds_a_page_in_a_site_opened_from_disk(site):
    with running_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(DEADLINE)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((site / "tutorial" / "researcher.html").as_uri())
        page.click("input.md-search__input")
        page.get_by_text("Type to start searching").wait_for()  # the worker has read the index
        page.keyboard.type("robustness")
        expect(page.locator(".md-search-result__list")).to_contain_text("Analysis")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_generated_pages_are_in_the_site(site):
    assert "asckg analyse" in (site / "reference" / "command.html").read_text(encoding="utf-8")
    assert "asc:Claim" in (site / "reference" / "ontology" / "evidence.html").read_text(encoding="utf-8")


def test_pictures_are_drawn_from_the_data_as_the_site_is_built(site, graph):
    version = graph.map("funding").svg()
    assert (site / "picture" / "funding.svg").read_text(encoding="utf-8") == version
    assert "not validated or endorsed" in (site / "picture" / "gap.svg").read_text(encoding="utf-8")


def test_every_page_is_in_the_navigation_once(site):
    named = re.findall(r": ([\w/-]+)\.md$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    made = {page.relative_to(site).with_suffix("").as_posix() for page in site.rglob("*.html")} - {"404"}
    assert sorted(named) == sorted(made)


def test_no_link_of_the_site_leads_nowhere(site):
    dead = set()
    for page in site.rglob("*.html"):
        for target in re.findall(r"""(?:href|src)=["']([^"']+)["']""", page.read_text(encoding="utf-8")):
            address, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:|//", target) or page.name == "404.html":
                continue
            file = (page.parent / address).resolve() if address else page
            if not file.exists() or (
                anchor and file.suffix == ".html" and f'id="{anchor}"' not in file.read_text("utf-8")
            ):
                dead.add((page.name, target))
    assert dead == set()


def test_every_heading_of_a_page_is_a_heading_of_the_site(site):
    lost = set()
    for page in DOCS.rglob("*.md"):
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        made = (site / page.relative_to(DOCS).with_suffix(".html")).read_text(encoding="utf-8")
        if len(re.findall(r"^#+ ", text, re.MULTILINE)) != len(re.findall(r"<h[1-6] id=", made)):
            lost.add(page.name)
    assert lost == set()
