"""Pages speak in words: no prefixed name and no address of ours is shown where a label is due."""

import re
from html.parser import HTMLParser

import pytest

from asckg.namespace import LINK_PREFIXES, PREFIXES

VOID = {"img", "br", "input", "meta", "link", "hr", "progress", "rect", "path", "line", "circle", "polygon"}
NOT_PROSE = {"code", "pre", "textarea", "script", "style", "option", "title"}
NAMES = "|".join(sorted({*PREFIXES, *LINK_PREFIXES}, key=len, reverse=True))
SHOWN = re.compile(rf"(?<![\w/:])(?:{NAMES}):[A-Za-z][\w-]*|https?://w3id\.org/asckg\S*")
ELSEWHERE = re.compile(
    r"/(data|static|maps/|sparql|basket|embed|claims\?|compare\?|search\?|links\?|matrix\?|docs|id/)"
)
LARGE = ("/questions/works-cited-together", "/questions/sentences-with-most-claims")


class Page(HTMLParser):
    """The prose and the links of a page."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.links = [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].partition("#")[0])
        if tag not in VOID:
            self.open.append((tag, tag in NOT_PROSE or "mono" in (given.get("class") or "").split()))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if not any(hidden for _, hidden in self.open):
            self.text.append(text)


def read(client, path):
    page = Page()
    page.feed(client.get(path).text)
    return page


def test_no_page_shows_a_prefixed_name_or_an_address_of_ours(client):
    waiting, seen, wrong = ["/"], set(), []
    kinds = {}
    while waiting:
        path = waiting.pop()
        page = read(client, path)
        wrong += [(path, name) for name in sorted(set(SHOWN.findall(" ".join(page.text))))]
        for link in page.links:
            kind = re.sub(r"^(/page/(?:voc|def)?/?[a-z]+).*", r"\1", link)
            if link in seen or ELSEWHERE.match(link) or "." in link.rpartition("/")[2] or kinds.get(kind, 0) >= 8:
                continue
            seen.add(link)
            kinds[kind] = kinds.get(kind, 0) + 1
            waiting.append(link)
    assert wrong == []
    assert len(seen) > 150


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/page/org-nihr", "Published"),
        ("/page/org-nihr", "ROR 0187kwz08"),
        ("/page/voc/literature", "asckg"),
        ("/page/def/sha256", "string"),
        ("/page/dataset-asckg-classes-1", "Things of the class"),
    ],
)
def test_what_has_no_label_is_told_in_words(client, path, said):
    assert said in " ".join(read(client, path).text)


def test_identifier_stands_once_on_a_page(client):
    shown = client.get("/page/org-nihr").text.partition('id="facts"')[2]
    assert shown.count("0187kwz08</a>") == 1
