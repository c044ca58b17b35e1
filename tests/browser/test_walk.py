"""The first five minutes of a new user, by mouse and by keyboard."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect

from browser_case import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SHOTS = Path(__file__).resolve().parents[2] / "artefacts"


def test_from_the_first_page_to_an_answer_a_claim_a_query_and_a_shared_link(site, opened):
    page = opened(site + "/")
    expect(page.locator(".hero-map canvas")).to_be_visible()
    assert page.locator(".tile").count() > 10
    page.get_by_role("link", name="Which barriers affect research in care homes?").click()
    table = page.locator("table#rows")
    expect(table).to_be_visible()
    assert "https://" not in table.inner_text()
    assert "literature" in table.inner_text().lower()
    table.locator("tbody a.name").first.click()
    expect(page.locator(".claim").first).to_be_visible()
    page.locator(".claim .says a").first.click()
    expect(page.get_by_role("heading", name="The statement")).to_be_visible()
    assert "paragraph" in page.locator("main").inner_text()
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="See the query").click()
    expect(page.locator("[data-box]")).to_be_visible()
    page.evaluate(
        "document.querySelector('[data-editor]').setText("
        "document.querySelector('[data-editor]').editorText().replace('care-home', 'local-authority'))"
    )
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("[data-said]")).to_contain_text("complete")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").count("\n") > 2
    page.get_by_role("button", name="Copy a link to this query").click()
    page.wait_for_url("**/sparql#query=*")
    colleague = opened(page.url)
    expect(colleague.locator("[data-said]")).to_contain_text("complete")
    assert "local-authority" in colleague.evaluate("document.querySelector('[data-editor]').editorText()")
    assert colleague.complaints == []


def test_search_is_driven_by_the_keyboard(site, opened):
    page = opened(site + "/")
    page.keyboard.press("/")
    page.keyboard.type("NIHR", delay=15)
    first = page.locator(".find-list [role=option]").first
    expect(first).to_contain_text("National Institute for Health and Care Research")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("National Institute for Health and Care Research")


def test_first_stop_of_tab_leads_past_the_menu_to_the_content(site, opened):
    page = opened(site + "/claims")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_map_is_read_filtered_and_undone_by_keys_and_the_address_keeps_it(site, opened):
    page = opened(site + "/maps/partnerships")
    page.locator(".map-canvas").focus()
    page.keyboard.press("ArrowRight")
    name = page.locator("[data-panel] h2").inner_text()
    page.wait_for_url(lambda address: "at=" in address)
    page.keyboard.press("Enter")
    expect(page.locator("[data-panel] h2")).to_be_focused()
    again = opened(page.url)
    expect(again.locator("[data-panel] h2")).to_have_text(name)
    again.locator(".map-canvas").focus()
    again.keyboard.press("Escape")
    before = again.locator(".map-said").inner_text()
    again.locator("input[data-kind=role]").focus()
    again.keyboard.press("Space")
    expect(again.locator(".map-said")).not_to_have_text(before)
    again.wait_for_url(lambda address: "without=role" in address)
    again.locator("[data-map=undo]").click()
    again.wait_for_url(lambda address: "without=role" not in address)


def test_double_click_offers_what_is_around_with_counts_before_drawing_it(site, opened):
    page = opened(site + "/maps/funding")
    page.evaluate("document.querySelector('[data-map-source]').control.view.focus('org-nihr')")
    drawn = "document.querySelector('[data-map-source]').control.view.nodes.length"
    before = page.evaluate(drawn)
    page.get_by_role("button", name="Show more around it").click()
    page.get_by_role("button", name="Add all").click()
    until(page, f"{drawn} > {before}")
    page.locator("[data-map=undo]").click()
    until(page, f"{drawn} === {before}")


def test_stand_alone_map_opens_from_disk_and_asks_nobody(site, opened, tmp_path):
    page = opened(site + "/maps/funding")
    with page.expect_download() as download:
        page.get_by_role("link", name="Web page").click()
    file = tmp_path / "map.html"
    download.value.save_as(file)
    alone = opened(file.as_uri(), offline=True)
    expect(alone.locator(".map-canvas canvas")).to_be_visible()
    assert alone.strangers == []
    assert alone.complaints == []
    alone.locator(".map-canvas").focus()
    alone.keyboard.press("ArrowRight")
    expect(alone.get_by_role("link", name="Open its page")).to_be_visible()


def test_map_stands_in_a_frame_of_another_page(site, opened, tmp_path):
    report = f'<iframe src="{site}/embed/maps/funding" width="700" height="420"></iframe>'
    (tmp_path / "report.html").write_text(report, encoding="utf-8")
    other = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    thread = Thread(target=other.serve_forever)
    thread.start()
    try:
        page = opened(f"http://127.0.0.1:{other.server_port}/report.html")
        expect(page.frame_locator("iframe").locator("canvas")).to_be_visible()
    finally:
        other.shutdown()
        other.server_close()
        thread.join()


def test_editor_completes_from_this_graph_and_shows_an_error_at_its_line(site, opened):
    page = opened(site + "/sparql")
    content = page.locator(".cm-content")
    content.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?s WHERE { ?s asc:hind")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("asc:hinders")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-problem]")).to_contain_text("Line 1")
    expect(page.locator(".cm-lint-marker-error")).to_be_visible()
    drawn = page.locator(".cm-lintRange-error").evaluate("one => getComputedStyle(one).textDecorationLine")
    assert drawn == "underline"
    assert [said for said in page.complaints if "Content Security Policy" in said] == []


def test_editor_completes_a_thing_by_the_words_of_its_name(site, opened):
    page = opened(site + "/sparql")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?s WHERE { ?s asc:hinders adult social care s")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("v:adult-social-care")
    page.locator(".cm-tooltip-autocomplete li", has_text="v:adult-social-care").first.click()
    text = "document.querySelector('[data-editor]').editorText()"
    until(page, f"{text}.startsWith('SELECT ?s WHERE {{ ?s asc:hinders v:adult-social-care')")


def test_answer_is_marked_when_its_query_changes_and_gone_when_the_next_one_fails(site, opened):
    page = opened(site + "/sparql")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("[data-said]")).to_contain_text("complete")
    expect(page.locator("[data-stale]")).to_be_hidden()
    page.get_by_role("button", name="Map", exact=True).click()
    expect(page.get_by_role("img", name="Map of the answer")).to_be_visible()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("}")
    expect(page.locator("[data-stale]")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-problem]")).to_be_visible()
    expect(page.locator("[data-answer]")).to_be_hidden()


def test_tools_of_a_map_are_one_line_and_its_menu_is_worked_by_keys(site, opened):
    page = opened(site + "/maps/barriers")
    assert page.locator(".map-tools").bounding_box()["height"] < 60
    menu = page.locator("details.menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Picture for a report, PNG")).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_text("Copy a link to this view", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_first_view_of_a_map_names_its_most_linked_things_within_the_frame(site, opened):
    page = opened(site + "/maps/barriers")
    until(
        page,
        """() => {
      const { view, data } = document.querySelector('[data-map-source]').control;
      const most = [...data.nodes].sort((a, b) => b.degree - a.degree).slice(0, 3);
      return view.shownNames.size >= 20 && most.every((node) => view.shownNames.has(node.id));
    }""",
    )


REGIONS = "document.querySelector('[data-map-source]').control.data.regions.map((one) => one.title)"


def test_map_by_year_has_its_years_in_order_and_undo_brings_the_boxes_back(site, opened):
    page = opened(site + "/maps/infrastructure")
    before = page.evaluate(REGIONS)
    years = [title for title in before if title.isdigit()]
    assert len(years) > 3
    assert years == sorted(years)
    page.locator("select[data-map=layout]").select_option("ring")
    until(page, f"{REGIONS}.length === 0")
    page.locator("[data-map=undo]").click()
    until(page, f"{REGIONS}.length > 0")
    assert page.evaluate(REGIONS) == before


def test_basket_keeps_a_claim_and_gives_a_word_document(site, opened):
    page = opened(site + "/claims")
    page.get_by_role("button", name="Add to basket").first.click()
    page.get_by_role("link", name="Basket (1)").click()
    expect(page.locator(".claim")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word document").click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_link_to_a_folded_part_opens_it_and_paper_has_no_folds(site, opened):
    page = opened(site + "/page/org-nihr")
    folded = page.locator("details.group:not([open])")
    last = folded.last.locator("h3").get_attribute("id")
    page.locator(f".contents a[href='#{last}']").click()
    expect(page.locator(f"details.group[open] #{last}")).to_be_in_viewport()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_count(0)


def test_map_is_kept_from_its_menu_and_goes_to_word(site, opened):
    page = opened(site + "/maps/funding")
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Add to basket").click()
    page.get_by_role("link", name="Basket (1)").click()
    expect(page.get_by_role("heading", name="Who pays for what, and through which call?")).to_be_visible()


def test_tour_is_offered_at_first_sight_and_starts_only_when_asked(site, opened):
    page = opened(site + "/")
    assert page.locator("dialog").count() == 0
    offer = page.get_by_role("button", name="Take a short tour")
    expect(offer).to_be_in_viewport()
    offer.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_of_the_main_pages_are_kept(site, opened, scheme):
    SHOTS.mkdir(exist_ok=True)
    pages = {
        "home": "/",
        "map": "/maps/partnerships",
        "barriers": "/maps/barriers",
        "matrix": "/matrix",
        "page": "/page/org-nihr",
        "claims": "/claims",
        "sparql": "/sparql",
        "question": "/questions/barriers-in-setting?setting=v:local-authority",
    }
    for name, path in pages.items():
        page = opened(site + path, color_scheme=scheme)
        file = SHOTS / f"{name}-{scheme}.png"
        page.screenshot(path=file)
        assert file.stat().st_size > 10_000


@pytest.mark.parametrize("name", ["whole", "barriers"])
def test_map_on_a_phone_is_higher_than_wide(site, opened, name):
    page = opened(f"{site}/maps/{name}", viewport={"width": 360, "height": 740})
    spread = page.evaluate("""() => {
      const places = Object.values(document.querySelector('[data-map-source]').control.view.network.getPositions());
      const span = (values) => Math.max(...values) - Math.min(...values);
      return [span(places.map((at) => at.x)), span(places.map((at) => at.y))];
    }""")
    assert spread[1] > spread[0]


def test_table_of_a_large_map_has_pages_that_need_no_scripts(site, opened):
    page = opened(site + "/maps/document", java_script_enabled=False)
    expect(page.get_by_role("img").first).to_be_visible()
    first = page.locator("#links tbody tr").first.inner_text()
    page.get_by_role("link", name="More links").click()
    page.wait_for_url("**rows=120*")
    expect(page.locator("#links tbody tr").first).not_to_have_text(first)
