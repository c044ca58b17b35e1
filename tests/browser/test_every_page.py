"""What holds on every page: nothing from elsewhere, nothing inline, no barrier, no sideways scroll, scripts or not."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser_case import DEADLINE, settled, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AXE = Path(__file__).resolve().parents[2] / "api/web/node_modules/axe-core/axe.min.js"
PAGES = {
    "home": "/",
    "search": "/search?q=care",
    "kind": "/search?kind=barrier",
    "organisation": "/page/org-nihr",
    "section": "/page/kendrick-2023-pol",
    "sentence": "/page/kendrick-2023-pol-p2-s3",
    "work": "/page/work-walter-2004",
    "concept": "/page/voc/local-authority",
    "links": "/links",
    "maps": "/maps",
    "map": "/maps/partnerships",
    "around": "/maps/around/org-nihr",
    "path": "/maps/path?from=org-nihr&to=partnership-parc",
    "questions": "/questions",
    "question": "/questions/barriers-in-setting?setting=v:local-authority",
    "matrix": "/matrix?kind=enabler",
    "claims": "/claims",
    "references": "/references",
    "compare": "/compare?ids=partnership-script,partnership-connected",
    "timeline": "/timeline",
    "sparql": "/sparql",
    "basket": "/basket?ids=org-nihr,work-walter-2004",
    "about": "/about",
    "glossary": "/glossary",
    "accessibility": "/accessibility",
    "docs": "/docs",
}


@pytest.fixture(scope="module", params=list(PAGES))
def visited(site, chromium, request):
    """Return a page that the tests of this module share, so that each is opened once."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 860}, reduced_motion="reduce", color_scheme="light"
    )
    page = context.new_page()
    page.complaints, page.strangers = [], []
    page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((site, "data:", "blob:")) else page.strangers.append(r.url))
    page.set_default_timeout(DEADLINE)
    page.goto(site + PAGES[request.param])
    yield settled(page)
    context.close()


def test_page_asks_no_third_party_and_breaks_no_rule_of_its_policy(visited):
    assert visited.strangers == []
    assert visited.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(visited, scheme):
    visited.emulate_media(color_scheme=scheme)
    visited.evaluate(AXE.read_text(encoding="utf-8"))
    found = visited.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(v["id"], v["nodes"][0]["target"], v["nodes"][0].get("failureSummary")) for v in found] == []


def resize(page, size):
    """Give the window another size and wait until the page has it."""
    page.set_viewport_size(size)
    until(page, "size => innerWidth === size.width && innerHeight === size.height", size)


def fits(page, width):
    """Wait until the page is no wider than that: what follows the size of the window does so a moment later."""
    until(page, "width => document.documentElement.scrollWidth <= width", width)


def test_page_fits_a_narrow_screen(visited):
    before = visited.viewport_size
    resize(visited, {"width": 320, "height": 640})
    try:
        fits(visited, 320)
    finally:
        resize(visited, before)


def test_page_holds_text_at_twice_its_size(visited):
    before = visited.viewport_size
    said = visited.locator("main").inner_text()
    try:
        resize(visited, {"width": 640, "height": 430})  # a window of 1,280 zoomed to 200 %
        fits(visited, 640)
        resize(visited, before)
        visited.evaluate("document.documentElement.style.fontSize = '200%'")
        fits(visited, before["width"])
        assert visited.locator("main").inner_text().split() == said.split()
    finally:
        visited.evaluate("document.documentElement.style.fontSize = ''")
        resize(visited, before)


@pytest.mark.parametrize("name", list(PAGES))
def test_page_gives_its_content_with_scripts_off(site, opened, name):
    page = opened(site + PAGES[name], java_script_enabled=False)
    expect(page.locator("h1").first).to_be_visible()
    assert len(page.locator("main").inner_text()) > 80
