import re
import textwrap
from pathlib import Path

import pytest

from asckg.finding import Finding
from asckg.source.compare import compare
from asckg.source.digest import digest, normalise
from asckg.source.document import Document, read
from asckg.source.outline import Outline
from asckg.source.record import RecordedSentence


def record_of(document: Document) -> list[RecordedSentence]:
    return [
        RecordedSentence(sentence.name, sentence.sha256, section.name, Path("document.ttl"), 1)
        for section in document.sections
        for sentence in section.sentences()
    ]


def curly(copy: str) -> str:
    copy = re.sub(r"(?<=\w)'", "\u2019", re.sub(r"(?<!\w)'(?=\w)", "\u2018", copy))
    return re.sub(r'"([^"\n]*)"', "\u201c\\1\u201d", copy)


def wrapped(copy: str) -> str:
    blocks = re.split(r"\n\s*\n", copy)
    items = (re.split(r"\n(?=- |\d\. )", block) for block in blocks)
    return "\n\n".join("\n".join(textwrap.fill(" ".join(i.split()), 48) for i in block) for block in items)


def html_links(copy: str) -> str:
    copy = re.sub(r"\[([^\]]*)\]\([^)]*\)", r'<a href="https://example.org/x">\1</a>', copy)
    return re.sub(r"<(https?://[^>]*)>", r"[\1](\1)", copy)


def without_page_breaks(copy: str) -> str:
    copy = copy.replace("of all the\n\n", "of all the ").replace("and the\n\nJunction", "and the Junction")
    return copy.replace("by all of the\n\ncompanies", "by all of the companies").replace(
        "the\n\n- waiting", "the waiting"
    )


VARIANTS = {
    "curly quotes": curly,
    "other dashes": lambda copy: copy.replace(" \u2013 ", " \u2014 ").replace("1\u20139", "1-9"),
    "other emphasis": lambda copy: re.sub(r"\*+(\w[^*\n]*)\*+", r"_\1_", copy),
    "no emphasis": lambda copy: copy.replace("*", ""),
    "escaped marks": lambda copy: copy.replace("Studies)*", "Studies)\\*").replace("*Indicates", "\\*Indicates"),
    "html links": html_links,
    "plain links": lambda copy: re.sub(r"[<>]", "", copy.replace("[here](#)", "here")),
    "hard wraps": wrapped,
    "hard wraps without page breaks": lambda copy: wrapped(without_page_breaks(copy)),
    "no page breaks": without_page_breaks,
    "page numbers": lambda copy: copy.replace("and the\n\nJunction", "and the\n\n12\n\f\nJunction"),
    "markdown headings": lambda copy: re.sub(r"(?m)^(Arrival|[ab]\) .*|References)$", r"## \1", copy),
    "bullets": lambda copy: copy.replace("\n- Guard", "\n\u2022 Guard"),
    "numbers with brackets": lambda copy: re.sub(r"^(\d)\. ", r"\1) ", copy, flags=re.MULTILINE),
    "windows line ends": lambda copy: copy.replace("\n", "\r\n"),
    "hard spaces": lambda copy: copy.replace("et al.", "et\u00a0al.").replace("p. 27", "p.\u00a027"),
    "ligatures and soft hyphens": lambda copy: copy.replace("first", "\ufb01rst").replace("carriage", "car\u00adriage"),
    "words broken by lines": lambda copy: copy.replace("announcements in", "announce-\nments in"),
    "broken words joined with a space": lambda copy: copy.replace("Long-\nhaul", "Long- haul"),
    "hyphens broken by lines": lambda copy: copy.replace("long-haul", "long-\nhaul"),
}


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS)
def test_a_copy_made_another_way_still_matches(change, copy: str, porter: Document, outline: Outline) -> None:
    variant = change(copy)
    assert variant != copy
    assert compare(record_of(porter), read(variant, outline)) == []


def codes(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.focus) for finding in found]


def test_a_sentence_that_reads_otherwise_is_changed(copy: str, porter: Document, outline: Outline) -> None:
    other = read(copy.replace("Cushions help.", "Cushions hinder."), outline)
    found = compare(record_of(porter), other)
    assert codes(found) == [("G102", "porter-1999-hel-p1-s1")]
    assert "Cushions hinder." in found[0].message


def test_a_sentence_that_is_gone_is_missing(copy: str, porter: Document, outline: Outline) -> None:
    other = read(copy.replace("Bells will do.", ""), outline)
    assert codes(compare(record_of(porter), other)) == [("G101", "porter-1999-hin-p4-s2")]


def test_a_sentence_elsewhere_has_moved(copy: str, porter: Document, outline: Outline) -> None:
    other = read(
        copy.replace("Cushions help. ", "").replace("Bells will do.", "Bells will do. Cushions help."), outline
    )
    found = compare(record_of(porter), other)
    assert ("G103", "porter-1999-hel-p1-s1") in codes(found)
    assert "porter-1999-hin-p4-s3" in next(f.message for f in found if f.code == "G103")
    assert {code for code, _ in codes(found)} == {"G103", "G105"}


def test_a_sentence_of_the_copy_alone_is_new(copy: str, porter: Document, outline: Outline) -> None:
    other = read(copy.replace("Cushions help.", "Cushions help. Rugs do not."), outline)
    found = compare(record_of(porter), other)
    assert [f.code for f in found if f.severity == "error"] == ["G104"]


def test_another_paragraph_break_is_told_and_is_no_error(copy: str, porter: Document, outline: Outline) -> None:
    other = read(copy.replace("Staff disagree", "\n\nStaff disagree"), outline)
    found = compare(record_of(porter), other)
    assert {(f.code, f.severity) for f in found} == {("G105", "warning")}


def test_the_normal_form_is_the_contract() -> None:
    printed = "The \u201cquiet\u201d **car** \u2013 see\n[here](#) isn\u2019t a rail-\nway <https://example.org/a_b>"
    assert normalise(printed) == 'the "quiet" car - see here isn\'t a railway https://example.org/a_b'
    assert digest("A  b") == digest("a B") == "c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65"
