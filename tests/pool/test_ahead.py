"""Queries that a worker is sent while it still runs another."""

import asyncio
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from asckg.engine.pool import STREAK, Kind, Pool, Source, StoppedError, new_generation
from pool_case import query, until, with_pool
from waiting import PATIENCE

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) != STR(?f)) }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a query count as just begun for a minute: this process may be held up between two lines of a test."""
    monkeypatch.setattr("asckg.engine.pool.FRESH", 60.0)


async def prove_quick(pool: Pool) -> None:
    """Have the workers answer something small, until queries are sent ahead to them."""
    end = time.monotonic() + PATIENCE
    while pool._streak < STREAK:
        assert time.monotonic() < end
        await asyncio.gather(*(pool.submit(query("ASK {}")).done for _ in range(8)))


def test_look_ups_sent_ahead_do_not_wait_for_a_runaway(source: Source) -> None:
    async def use(pool: Pool) -> None:
        await prove_quick(pool)
        slow = pool.submit(query(RUNAWAY))
        jobs = [pool.submit(query(f"SELECT ?o {{ <http://example.org/s{n}> ?p ?o }}")) for n in range(6)]
        assert pool.schedule.ahead
        replies = await asyncio.gather(*(job.done for job in jobs))
        assert [f'"label {number}"'.encode() in reply.payload for number, reply in enumerate(replies)] == [True] * 6
        assert not slow.done.done()
        pool.cancel(slow)
        with pytest.raises(StoppedError):
            await slow.done

    with_pool(source, use, workers=1)


def test_what_was_sent_ahead_to_a_worker_that_is_killed_runs_elsewhere(source: Source) -> None:
    async def use(pool: Pool) -> None:
        await prove_quick(pool)
        jobs = [pool.submit(query(SLOW)) for _ in range(2)]
        jobs += [pool.submit(query(f"SELECT ?o {{ <http://example.org/s{n}> ?p ?o }}")) for n in range(6)]
        assert pool.schedule.ahead
        await asyncio.sleep(0)
        for job in jobs[:2]:
            assert job.worker is not None
            job.worker.kill()
        replies = await asyncio.gather(*(job.done for job in jobs))
        assert {reply.kind for reply in replies} == {Kind.RESULT}
        assert not pool.schedule.clients

    with_pool(source, use)


def test_a_job_sent_ahead_that_is_given_up_leaves_the_others_their_answers(source: Source) -> None:
    async def use(pool: Pool) -> None:
        await prove_quick(pool)
        jobs = [pool.submit(query(f"SELECT ?o {{ <http://example.org/s{n}> ?p ?o }}")) for n in range(5)]
        left = next(iter(pool.schedule.ahead))
        pool.cancel(left)
        for number, job in enumerate(jobs):
            if job is left:
                with pytest.raises(StoppedError):
                    await job.done
            else:
                assert f'"label {number}"'.encode() in (await job.done).payload
        assert not pool.schedule.clients
        assert (await pool.run(query("ASK {}"), reserved=False)).kind is Kind.RESULT

    with_pool(source, use, workers=1)


def test_a_large_answer_for_nobody_leaves_no_file(source: Source) -> None:
    async def use(pool: Pool) -> None:
        await prove_quick(pool)
        first = pool.submit(query("ASK {}"))
        large = pool.submit(query("SELECT ?a ?b { ?a ?p ?b }"))
        assert large in pool.schedule.ahead
        pool.cancel(large)
        with pytest.raises(StoppedError):
            await large.done
        await first.done
        await until(lambda: not pool._pipes.idling)
        assert (await pool.run(query("ASK {}"), reserved=False)).kind is Kind.RESULT
        await until(lambda: not list(pool.spool.glob("*-*")))  # that of a killed worker goes when its end is heard of

    with_pool(source, use, workers=1, inline=100)


def test_no_query_is_sent_ahead_to_data_that_were_replaced(source: Source, tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "other"))
    store.flush()
    del store

    async def use(pool: Pool) -> None:
        await prove_quick(pool)
        empty = new_generation(Source(tmp_path / "other", "v2", 0), pool)
        await empty.start()
        old = [pool.submit(query("ASK { ?s ?p ?o }")) for _ in range(2)]
        pool.replace(empty)
        new = [pool.submit(query("ASK { ?s ?p ?o }")) for _ in range(8)]
        assert {(await job.done).payload for job in new} == {b'{"head":{},"boolean":false}'}
        assert {(await job.done).payload for job in old} == {b'{"head":{},"boolean":true}'}

    with_pool(source, use)


def test_nothing_is_sent_ahead_while_answers_take_long(source: Source) -> None:
    async def use(pool: Pool) -> None:
        await prove_quick(pool)
        await pool.run(query(SLOW), reserved=False)
        jobs = [pool.submit(query("ASK {}")) for _ in range(4)]
        assert not pool.schedule.ahead
        assert len(pool.schedule.waiting) == 3
        await asyncio.gather(*(job.done for job in jobs))

    with_pool(source, use, workers=1, quick=60.0)
