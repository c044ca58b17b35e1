"""The first five minutes of a new user by the keyboard alone: no mouse, and no focus or click set by a script."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser_case import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MOST = 400
FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  const inside = at.closest('.cm-editor');
  return {
    text: (at.innerText || at.getAttribute('aria-label') || at.value || '').trim().replace(/\\s+/g, ' '),
    tag: at.tagName, className: String(at.className), body: at === document.body,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    ringed: ringed || (inside !== null && getComputedStyle(inside).outlineStyle !== 'none')
      || style.boxShadow !== 'none',
  };
}"""


SEEN = f"() => {{ const at = ({FOCUSED})(); return at.body || (at.seen && at.ringed); }}"


def tab_to(page, name, key="Tab"):
    """Press a key until what has the focus says `name`; every stop on the way must be seen and be ringed."""
    for _ in range(MOST):
        page.keyboard.press(key)
        until(page, SEEN)  # the editor draws its ring a moment later
        at = page.evaluate(FOCUSED)
        if name(at) if callable(name) else at["text"].startswith(name):
            return at
    pytest.fail(f"{MOST} times {key} did not lead to {name}")


def test_walk_from_the_first_page_to_a_file_by_the_keyboard_alone(site, opened):
    page = opened(site + "/")
    tab_to(page, "Which barriers affect research in care homes?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/barriers-in-setting*")
    expect(page.locator("[data-map-source][data-ready]")).to_be_visible()
    _through_the_map(page)
    tab_to(page, lambda at: "name" in at["className"].split())
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/barrier-*")
    claim = page.locator(".claim .says a").first.inner_text()
    tab_to(page, claim)
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/claim-*")
    expect(page.get_by_role("heading", name="The statement")).to_be_visible()
    page.go_back()  # the browser's own key for Back, which a browser without a window does not take
    page.wait_for_url("**/page/barrier-*")
    page.go_back()
    page.wait_for_url("**/questions/barriers-in-setting*")
    tab_to(page, "See the query")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sparql?**")
    _change_and_take(page)


def _through_the_map(page):
    """Walk into the map that stands over the table, read a thing in it, and out again."""
    tab_to(page, lambda at: "map-canvas" in at["className"])
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('[data-map-source]').control.state.selected !== null")


def _change_and_take(page):
    """Change a word of the query, run it, take the CSV file, copy the link, and leave the editor by Tab."""
    expect(page.locator(".cm-content")).to_be_visible()
    tab_to(page, lambda at: "cm-content" in at["className"])
    text = "document.querySelector('[data-editor]').editorText()"
    before = page.evaluate(text)
    page.keyboard.press("Control+Home")
    for _ in range(before.index("care-home")):
        page.keyboard.press("ArrowRight")
    for _ in range(len("care-home")):
        page.keyboard.press("Delete")
    page.keyboard.type("local-authority")
    page.keyboard.press("Escape")
    until(page, f"wanted => {text} === wanted", before.replace("care-home", "local-authority", 1))
    tab_to(page, "Run")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("complete")
    tab_to(page, "CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    rows = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(rows) > 2
    assert "local-authority" in rows[1]
    tab_to(page, "Copy a link to this query", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "local-authority" in address)


def test_sorting_and_filtering_a_table_need_no_mouse(site, opened):
    page = opened(site + "/questions/barriers-in-setting?setting=v:local-authority")
    tab_to(page, "Filter the table")
    page.keyboard.type("time")
    expect(page.locator("#rows-said")).to_contain_text("shown")
    tab_to(page, lambda at: at["tag"] in ("BUTTON", "TH") and at["text"].startswith("Claims"))
    page.keyboard.press("Enter")
    expect(page.locator("#rows th[aria-sort]")).to_have_count(1)
