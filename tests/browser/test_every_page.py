"""What holds on every page: nothing from elsewhere, nothing inline, no barrier, no sideways scroll, scripts or not."""

from pathlib import Path

import pytest

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
each = pytest.mark.parametrize("name", list(PAGES))


@each
def test_page_asks_no_third_party_and_breaks_no_rule_of_its_policy(site, opened, name):
    page = opened(site + PAGES[name])
    assert page.strangers == []
    assert page.complaints == []


@each
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(site, opened, name, scheme):
    page = opened(site + PAGES[name], color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(v["id"], v["nodes"][0]["target"], v["nodes"][0].get("failureSummary")) for v in found] == []


@each
def test_page_fits_a_narrow_screen(site, opened, name):
    page = opened(site + PAGES[name], viewport={"width": 320, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320


@each
def test_page_gives_its_content_with_scripts_off(site, opened, name):
    page = opened(site + PAGES[name], java_script_enabled=False)
    assert page.locator("h1").first.is_visible()
    assert len(page.locator("main").inner_text()) > 80
