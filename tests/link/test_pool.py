"""Names compared in several processes: the same answers in the same order, and no process left behind."""

import multiprocessing
import os
import signal

import pytest

from asckg.error import AsckgError
from asckg.link.linker import Linker
from asckg.link.outcome import Outcome
from asckg.link.pool import opened_pool
from asckg.link.record import Record
from waiting import until

PLACES = ("York", "Leeds", "Kent", "Essex", "Stirling", "Ulster", "Exeter", "Salford")
KINDS = ("University of {}", "{} City Council", "{} Royal Infirmary", "{} Trust for Older People, United Kingdom")
THINGS = [
    Record(f"t{n}", kind.format(place), country="GB")
    for n, (kind, place) in enumerate((kind, place) for kind in KINDS for place in PLACES)
]
PAPER = Record("w", "Research in care homes: a review of methods", kind="work", authors=("Guard, A.",), year=1997)


def rows(count: int) -> list[Record]:
    found = []
    for n in range(count):
        name = KINDS[n % 4].format(PLACES[n % 8])
        place = n % len(name)
        found.append(Record(f"r{n}", f"{name[:place]}{n % 97}{name[place:]}", country="GB" if n % 3 else "US", line=n))
        if n % 50 == 0:
            found.append(Record(f"p{n}", f"Research in care homes {n}", kind="work", authors=("A Guard",), year=1997))
    return found


def told(item: Outcome) -> tuple:
    options = [
        (o.thing.key, o.similarity, dict(o.parts), o.doubts, o.agree, o.extra, o.missing, o.relation)
        for o in item.options
    ]
    return item.row.key, item.band, options, item.margin, item.reason


@pytest.fixture(scope="module")
def table() -> list[Record]:
    return rows(9_000)


def test_two_processes_say_what_one_says_in_the_same_order(table):
    alone = [told(item) for item in Linker([*THINGS, PAPER]).run(table)]
    together = [told(item) for item in Linker([*THINGS, PAPER], processes=2).run(table)]
    assert {band for _, band, *_ in alone} == {"accepted", "review", "none"}
    assert together == alone
    assert multiprocessing.active_children() == []


def test_a_run_that_is_left_early_leaves_no_process_behind(table):
    run = Linker(THINGS, processes=2).run(table)
    next(run)
    run.close()
    assert multiprocessing.active_children() == []


def test_a_process_that_is_killed_ends_the_run_with_a_message(table):
    run = Linker(THINGS, processes=2).run(table)
    next(run)
    for child in multiprocessing.active_children():
        os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(AsckgError, match="--processes 1"):
        list(run)


def test_a_process_that_is_killed_while_nothing_is_compared_ends_the_run_with_a_message_too(table):
    with opened_pool(Linker(THINGS)._by_name, THINGS, 2) as pool:
        pool.ask(table[:1_100]).verdict(0)
        for child in multiprocessing.active_children():
            os.kill(child.pid, signal.SIGKILL)
        with pytest.raises(AsckgError, match="--processes 1"):
            until(lambda: not pool.ask(table[:10]))  # it is noticed a moment later


def test_memory_of_verdicts_is_bounded_and_rows_are_still_answered(table, monkeypatch):
    monkeypatch.setattr("asckg.link.linker._REMEMBERED", 500)
    few = [told(item) for item in Linker(THINGS).run(table[:3_000])]
    monkeypatch.undo()
    assert few == [told(item) for item in Linker(THINGS).run(table[:3_000])]
