"""Names that accepted links lend: a later table may call a thing as another source does."""

from dataclasses import replace

import pytest

from asckg.corpus import Corpus
from asckg.link.linker import Linker
from asckg.link.publish import decisions_in
from asckg.link.record import Record
from asckg.link.thing import things


def test_a_thing_is_called_as_the_row_that_an_accepted_link_names():
    corpus = Corpus.open()
    decisions = decisions_in(corpus.data / "links")
    lse = next(item for item in things(corpus, decisions) if item.key.endswith("org-lse"))
    alone = next(item for item in things(corpus) if item.key.endswith("org-lse"))
    welsh = "Ysgol Economeg a Gwyddor Gwleidyddiaeth Llundain"
    assert welsh in lse.aliases
    assert welsh not in alone.aliases
    assert lse.name not in lse.aliases
    assert "LSE" in lse.acronyms


@pytest.mark.parametrize("state", ["rejected", "suggested"])
def test_a_link_that_is_not_accepted_lends_no_names(state):
    corpus = Corpus.open()
    decisions = [
        replace(item, predicate_modifier="Not" if state == "rejected" else "", other=f"status={state}")
        for item in decisions_in(corpus.data / "links")
    ]
    assert things(corpus, decisions) == things(corpus)


def test_a_later_run_finds_a_thing_by_a_name_that_was_lent():
    corpus = Corpus.open()
    row = Record("1", "Coleg y Brenin, Llundain")
    (before,) = Linker(things(corpus)).run([row])
    (after,) = Linker(things(corpus, decisions_in(corpus.data / "links"))).run([row])
    assert before.band == "none"
    assert after.options[0].thing.key.endswith("org-kings-college-london")
