"""Labels that are HTML stay text wherever they are shown."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = [
    "/", "/search?q=evil", "/search?q=barrier", "/page/barrier-planted", "/page/claim-planted", "/page/work-planted",
    "/page/planted-sec", "/page/planted-sec-p1-s1", "/maps", "/maps/barriers", "/maps/whole",
    "/maps/around/barrier-planted",
    "/maps/path?from=barrier-planted&to=activity-planted", "/matrix", "/claims", "/references", "/timeline",
    "/compare?ids=barrier-planted,activity-planted", "/basket?ids=claim-planted,work-planted", "/glossary",
    "/embed/maps/barriers", "/search?q=%3Cimg+src%3Dx+onerror%3Dwindow.planted%3D1%3E",
    "/page/%3Cimg%20src=x%20onerror=window.planted=1%3E",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_planted_markup_is_inert(planted, opened, path):
    page = opened(planted + path)
    assert page.evaluate("window.planted") is None
    assert page.locator("img[src='x'], img[src='/x']").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0


def test_planted_markup_is_inert_in_panel_tooltip_and_suggestions(planted, opened):
    page = opened(planted + "/maps/barriers")
    page.evaluate("document.querySelector('[data-map-source]').control.view.focus('barrier-planted')")
    page.evaluate("document.querySelector('[data-map-source]').control.view.onHover('barrier-planted')")
    page.locator("input[data-find]").first.fill("barrier")
    page.locator(".find-list [role=option]").first.wait_for()
    assert "<img" in page.locator(".map-tip").inner_text()
    assert page.evaluate("window.planted") is None


@pytest.mark.parametrize("suffix", ["html", "svg"])
def test_planted_markup_is_inert_in_exported_files(planted, opened, tmp_path, suffix):
    page = opened(planted + "/about")
    body = page.request.get(f"{planted}/maps/barriers.{suffix}").body()
    file = tmp_path / f"map.{suffix}"
    file.write_bytes(body)
    alone = opened(file.as_uri())
    assert alone.evaluate("window.planted") is None
    assert alone.strangers == []
