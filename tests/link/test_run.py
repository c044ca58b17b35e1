"""Affiliations taken apart: plain names go a short way, to the same end."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asckg.link import affiliation
from asckg.link.affiliation import Run, runs
from asckg.link.succession import shortenings

PLAIN = [
    "University of Kent", "London School of Economics", "Kent University Faculty of Social Work", "the of and",
    "Universität Göttingen", "復旦大学", "Institut für Soziologie Universität Wien", "France", "LSE", "a University",
    "Department of Health and Social Care", "School of Medicine University of Leeds Centre for Ageing", "tel aviv",
    "Royal Borough of Kensington and Chelsea", "Queen Mary University of London United Kingdom", "МГУ",
    "Polytechnic University Press Unit of Madrid", "Hospital University Clinic", "e mail address", "UK",
]  # fmt: skip


def long_way(text: str) -> list[Run]:
    found: dict[tuple[int, tuple[str, ...]], Run] = {}
    for number, chunk in enumerate(affiliation.chunks(text, lambda _: False)):
        for run in affiliation._chunk_runs(chunk, number):
            found.setdefault((number, run.words), run)
    return list(found.values())


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_name_gives_the_runs_that_any_affiliation_gives(text):
    assert runs(text, lambda _: False) == long_way(text)


def test_a_sentence_about_funding_is_not_taken_for_a_plain_name():
    assert runs("funded by the Nuffield Foundation", lambda _: False)[0].folded == "nuffield foundation"


def test_an_article_is_not_cut_off_the_name_of_a_funder():
    said = runs("supported by Dennis Foundation and Theodore Trust", lambda _: False)
    assert said[0].folded == "dennis foundation and theodore trust"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(st.text("abc ", min_size=7, max_size=12), st.data())
def test_texts_a_letter_apart_share_a_shortening(text, data):
    place = data.draw(st.integers(0, len(text) - 2))
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    changed = text[:place] + data.draw(st.sampled_from("xyz")) + text[place + 1 :]
    for other in (swapped, changed, text[:place] + text[place + 1 :], text[:place] + "x" + text[place:]):
        assert not shortenings(text).isdisjoint(shortenings(other))
