"""Answers that come late or in another order than their questions; keys pressed before the next page is there."""

import pytest
from playwright.sync_api import expect

from browser_case import settled, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
CONTROL = "document.querySelector('[data-map-source]').control"


class Held:
    """Requests that were stopped on their way, to be let go when a test says so."""

    def __init__(self, page, address, fit=lambda _: True):
        self.page, self.routes = page, []
        page.route(address, lambda route: self.routes.append(route) if fit(route.request) else route.continue_())

    def wait(self, count=1):
        """Wait until so many requests are held."""
        while len(self.routes) < count:
            self.page.wait_for_timeout(20)

    def release(self):
        """Let the first one go, and wait until the page has its answer."""
        route = self.routes.pop(0)
        with self.page.expect_response(lambda response: response.request == route.request) as response:
            route.continue_()
        response.value.finished()


def settle(page):
    """Let the page do what it does with an answer that it has."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")


def test_layout_that_comes_after_undo_is_not_drawn(site, opened):
    page = opened(site + "/maps/infrastructure")
    before = page.evaluate(f"{CONTROL}.data.layout")
    held = Held(page, "**/maps/infrastructure.json?layout=ring")
    page.locator("select[data-map=layout]").select_option("ring")
    held.wait()
    page.locator("[data-map=undo]").click()
    held.release()
    settle(page)
    assert page.evaluate(f"{CONTROL}.data.layout") == before
    expect(page.locator("select[data-map=layout]")).to_have_value(before)


def test_undo_of_a_step_taken_while_a_layout_was_on_its_way_keeps_the_layout(site, opened):
    page = opened(site + "/maps/infrastructure")
    held = Held(page, "**/maps/infrastructure.json?layout=ring")
    page.locator("select[data-map=layout]").select_option("ring")
    held.wait()
    page.locator("input[data-kind]").first.click()
    held.release()
    page.unroute_all()
    until(page, f"{CONTROL}.data.layout === 'ring'")
    page.locator("[data-map=undo]").click()
    until(page, f"{CONTROL}.data.layout === 'ring' && {CONTROL}.data.regions.length === 0")
    expect(page.locator("select[data-map=layout]")).to_have_value("ring")


def test_what_is_around_one_thing_is_not_offered_in_the_panel_of_another(site, opened):
    page = opened(site + "/maps/funding")
    held = Held(page, "**/maps/around/**")
    page.evaluate(f"{CONTROL}.view.focus('org-nihr')")
    page.get_by_role("button", name="Show more around it").click()
    held.wait()
    page.locator(".neighbours button").first.click()
    expect(page.locator("[data-panel] h2")).not_to_contain_text("National Institute for Health")
    held.release()
    settle(page)
    expect(page.locator("[data-panel] .note")).to_have_count(0)


def test_answer_to_an_earlier_query_does_not_take_the_place_of_a_later_one(site, opened):
    page = opened(site + "/sparql")
    held = Held(page, "**/sparql", lambda request: "first" in (request.post_data or ""))
    ask = "text => document.querySelector('[data-editor]').setText(text)"
    run = page.get_by_role("button", name="Run", exact=True)
    page.evaluate(ask, "SELECT ('first' AS ?said) {}")
    run.click()
    held.wait()
    page.evaluate(ask, "SELECT ('later' AS ?said) {}")
    run.click()
    expect(page.locator("[data-shown]")).to_contain_text("later")
    held.release()
    settle(page)
    expect(page.locator("[data-shown]")).to_contain_text("later")


def test_answer_to_a_query_that_was_changed_meanwhile_is_marked(site, opened):
    page = opened(site + "/sparql")
    held = Held(page, "**/sparql", lambda request: request.method == "POST")
    page.get_by_role("button", name="Run", exact=True).click()
    held.wait()
    page.evaluate("document.querySelector('[data-editor]').setText('ASK {}')")
    held.release()
    expect(page.locator("[data-said]")).to_contain_text("complete")
    expect(page.locator("[data-stale]")).to_be_visible()


def test_suggestions_that_come_late_do_not_take_away_the_one_that_was_chosen(site, opened):
    page = opened(site + "/")
    held = Held(page, "**/search?format=json*", lambda request: "NIHR" in request.url)
    page.keyboard.press("/")
    page.keyboard.type("university")
    field = page.locator("input[data-find]").first
    expect(page.locator(".find-list [role=option]").first).to_contain_text("niversity")
    page.keyboard.press("Control+a")
    page.keyboard.type("NIHR")
    held.wait()
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".find-list [aria-selected=true]")
    name = chosen.inner_text()
    held.release()
    settle(page)
    expect(chosen).to_have_text(name, use_inner_text=True)
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))


def test_second_key_before_the_next_link_is_shown_decides_nothing(reviewed, opened):
    address, queue = reviewed
    page = opened(address + "/links/review")
    page.fill("[name=who][required]", "Reviewer One")
    page.keyboard.press("Escape")
    held = Held(page, "**/links/decide")
    page.keyboard.press("a")
    held.wait()
    page.keyboard.press("r")
    held.routes.pop(0).continue_()
    expect(page.locator(".head p")).to_contain_text("1 decided")
    settled(page)
    assert [item.state for item in queue.all()].count("accepted") == 1
    assert [item.state for item in queue.all()].count("rejected") == 0
