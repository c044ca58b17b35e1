"""The site is built whole and works without a network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


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


def test_generated_pages_are_in_the_site(site):
    assert "asckg analyse" in (site / "reference" / "command.html").read_text(encoding="utf-8")
    assert "asc:Claim" in (site / "reference" / "ontology" / "evidence.html").read_text(encoding="utf-8")
