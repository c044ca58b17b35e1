"""The review of links in a real browser: by keys alone, by two people at once, on a phone."""

import pytest
from playwright.sync_api import expect

from browser.test_every_page import AXE
from browser_case import settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def shows(page, label):
    """Wait for the next link, and for the keys of its page."""
    expect(page.locator("table.compare tbody tr").first).to_contain_text(label)
    settled(page)


def test_links_are_decided_passed_over_and_taken_back_by_keys_alone(reviewed, opened):
    address, queue = reviewed
    page = opened(address + "/links/review")
    shows(page, "LSE")
    page.keyboard.press("a")  # no name yet: the field for it takes the focus
    page.keyboard.type("Reviewer One")
    page.keyboard.press("Enter")
    expect(page.locator("[name=who][required]")).not_to_be_focused()
    assert len(queue.waiting()) == 4
    page.keyboard.press("n")
    page.wait_for_url("**skip=1")
    expect(page.locator("[name=who][required]")).to_have_value("Reviewer One")
    settled(page).goto(address + "/links/review")
    settled(page).keyboard.press("b")
    page.keyboard.press("a")
    shows(page, "ESRC")
    page.keyboard.press("u")
    shows(page, "UKRI")
    page.keyboard.press("r")
    expect(page.locator("p.note")).to_contain_text("Nothing waits")
    settled(page)
    assert [item.state for item in queue.all()] == ["unsure", "accepted", "accepted", "rejected"]
    page.keyboard.press("z")
    shows(page, "UKRI")
    assert [item.object_label for item in queue.waiting()] == ["UKRI"]


def test_two_people_at_once_lose_nothing_and_are_told_where_they_differ(reviewed, opened):
    address, queue = reviewed
    pages = [opened(address + "/links/review") for _ in range(2)]
    for page, name in zip(pages, ("Reviewer One", "Reviewer Two"), strict=True):
        page.fill("[name=who][required]", name)
        page.keyboard.press("Escape")
    pages[0].keyboard.press("a")
    expect(pages[0].locator(".head p")).to_contain_text("1 decided")
    pages[1].keyboard.press("r")  # of the same link, which this page still shows
    expect(pages[1].get_by_role("status").first).to_contain_text("Another reviewer said otherwise")
    page = opened(address + "/links")
    page.get_by_role("link", name="Decide it").click()
    expect(page.locator("p.note")).to_contain_text("Reviewer One said accepted, Reviewer Two said rejected")
    assert len(queue.unsure()) == 1


def test_both_sides_are_seen_on_a_phone(reviewed, opened):
    page = opened(reviewed[0] + "/links/review", viewport={"width": 320, "height": 700})
    for side in ("In this graph", "Elsewhere"):
        box = page.locator(f'td[data-side="{side}"]').first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_in_review(reviewed, opened, scheme):
    address, queue = reviewed
    pair = queue.waiting()[0].pair
    queue.decide(pair, "accepted", "Reviewer One", "2026-01-01")
    queue.decide(pair, "rejected", "Reviewer Two", "2026-01-01")
    page = opened(address + "/links/review", color_scheme=scheme)
    for place in ("/links/review", "/links/review?unsure=true", "/links/review?second=true", "/links"):
        page.goto(address + place)
        settled(page).evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [(v["id"], v["nodes"][0]["target"], v["nodes"][0].get("failureSummary")) for v in found] == [], place
    assert page.complaints == []
