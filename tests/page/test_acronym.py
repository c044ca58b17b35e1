"""Acronyms are told where they stand."""

import re

from asckg_api.view.acronym import Acronyms

KNOWN = Acronyms({"RPP": "Research-practice partnership", "RPPs": "Research-practice partnership", "A&B": "<b>"})


def test_acronym_gives_its_name_the_first_time_in_a_text():
    told = KNOWN.told("An RPP is an RPP, and RPPs are many.")
    assert told.count("<abbr") == 2
    assert told.startswith('An <abbr title="Research-practice partnership">RPP</abbr> is an RPP')


def test_letters_within_a_word_are_no_acronym():
    assert KNOWN.told("The GRPP-team") == "The GRPP-team"


def test_markup_in_texts_and_names_stays_text():
    assert KNOWN.told("<i>A&B</i>") == '&lt;i&gt;<abbr title="&lt;b&gt;">A&amp;B</abbr>&lt;/i&gt;'


def test_page_tells_the_acronyms_of_its_claims(client):
    text = client.get("/page/org-nihr").text
    assert '<abbr title="National Institute for Health and Care Research">NIHR</abbr>' in text
    assert not re.search(r"<abbr[^>]*>[^<]*<abbr", text)
