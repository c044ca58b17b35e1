"""Open pages in a real browser, and wait for what is on them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from browser.chromium import HOW, find

DEADLINE = 60_000.0  # ms; what is waited for is there long before, on a machine that has time

# Images are there, and what scripts make of a page: its maps, drawn, and its editor.
READY = """() => {
  const all = (selector, fit) => [...document.querySelectorAll(selector)].every(fit);
  return document.fonts.status === 'loaded'
    && all('img:not([loading=lazy])', (one) => one.complete)
    && all('[data-map-source]', (one) => one.control?.view.namedAt)
    && all('[data-map-alone]', (one) => one.dataset.ready)
    && all('[data-editor]', (one) => one.editorText);
}"""


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run Chromium; whatever is waited for in it has a minute."""
    path = find()
    if path is None:
        pytest.fail(HOW)
    expect.set_options(timeout=DEADLINE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"], timeout=2 * DEADLINE
        )
        yield browser
        browser.close()


def settled(page: Page) -> Page:
    """Return `page` once its scripts have made of it what they make."""
    page.wait_for_load_state("load")
    until(page, READY)
    return page


def until(page: Page, state: str, argument: object = None) -> None:
    """Wait until an expression, or a function of `argument`, is true on the page.

    Playwright's `wait_for_function` looks a second time by `eval`, which the policy of our pages forbids.
    """
    end = time.monotonic() + DEADLINE / 1000
    while not page.evaluate(state, argument):
        assert time.monotonic() < end, f"it never came to this: {state} {argument}"
        page.wait_for_timeout(20)
