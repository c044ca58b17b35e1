"""Killable workers, on a small store: deadlines, memory, lost workers, lanes, refusals."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from asckg.engine.pool import Kind, Pool, Reason, Reply, Source, StoppedError
from asckg.engine.pool.generation import python_environment
from pool_case import query, until, with_pool
from waiting import PATIENCE

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) != STR(?f)) }"
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="forked workers are for Linux")


async def outcome(pool: Pool, text: str, **options: object) -> Reply | Reason:
    try:
        return await pool.submit(query(text), **options).done
    except StoppedError as error:
        return error.reason


def test_a_look_up_is_answered_by_the_engines_serialiser(source: Source) -> None:
    async def use(pool: Pool) -> None:
        reply = await pool.run(query("SELECT ?o { <http://example.org/s1> ?p ?o } ORDER BY ?o LIMIT 1"))
        assert reply.kind is Kind.RESULT
        assert b'"value":"label 1"' in reply.payload

    with_pool(source, use)


def test_a_query_over_its_deadline_is_stopped_and_its_worker_replaced(source: Source) -> None:
    async def use(pool: Pool) -> None:
        assert await outcome(pool, RUNAWAY, seconds=0.3) is Reason.TIME
        assert pool.counts["killed"] == 1
        assert isinstance(await outcome(pool, "ASK {}"), Reply)

    with_pool(source, use)


def test_a_client_may_shorten_its_deadline_but_not_lengthen_it(source: Source) -> None:
    async def use(pool: Pool) -> None:
        assert pool.submit(query("ASK {}"), seconds=0.2).timeout == 0.2
        assert pool.submit(query("ASK {}"), seconds=60).timeout == 5.0

    with_pool(source, use, timeout=5.0)


def test_look_ups_are_answered_while_runaways_fill_every_worker(source: Source) -> None:
    async def use(pool: Pool) -> None:
        runaways = [pool.submit(query(RUNAWAY)) for _ in range(pool.limits.workers)]
        await until(lambda: pool.schedule.running == set(runaways))
        answered = [await outcome(pool, "ASK { ?s ?p ?o }") for _ in range(20)]
        assert pool.schedule.running == set(runaways)
        assert all(isinstance(one, Reply) for one in answered)

    with_pool(source, use, timeout=600)


def test_the_servers_own_queries_do_not_wait_behind_users(source: Source) -> None:
    async def use(pool: Pool) -> None:
        users = [pool.submit(query(RUNAWAY)) for _ in range(6)]
        await until(lambda: pool.schedule.running)
        assert (await pool.run(query("ASK {}"))).kind is Kind.RESULT
        assert not any(user.done.done() for user in users)

    with_pool(source, use, heavy=0, workers=1, patience=600, timeout=600)


@needs_fork
def test_a_query_over_its_memory_is_stopped_and_says_so(source: Source) -> None:
    hungry = "SELECT DISTINCT ?a ?c ?d ?f { ?a ?b ?c . ?d ?e ?f }"

    async def use(pool: Pool) -> None:
        assert await outcome(pool, hungry) is Reason.MEMORY

    with_pool(source, use, memory=48 * 2**20)


def test_an_answer_over_the_size_limit_is_not_sent_in_part(source: Source) -> None:
    async def use(pool: Pool) -> None:
        reply = await pool.run(query("SELECT * { ?s ?p ?o }"))
        assert reply.kind is Kind.TOO_LARGE
        assert list(pool.spool.glob("[!.]*")) == []

    with_pool(source, use, result=20_000, inline=5_000)


def size_of(name: bytes) -> int:
    return Path(os.fsdecode(name)).stat().st_size


def test_a_large_answer_lies_whole_in_a_file(source: Source) -> None:
    async def use(pool: Pool) -> None:
        reply = await pool.run(query("SELECT * { ?s ?p ?o }"))
        size, name = reply.payload.split(b" ", 1)
        assert reply.kind is Kind.SPOOLED
        assert size_of(name) == int(size)

    with_pool(source, use, inline=1000)


@needs_fork
def test_queries_survive_the_kill_of_every_worker(source: Source) -> None:
    async def use(pool: Pool) -> None:
        assert pool.generation is not None
        await outcome(pool, "ASK {}")
        for process in list(pool.generation.workers):
            os.kill(process, signal.SIGKILL)
        assert isinstance(await outcome(pool, "ASK {}"), Reply)

    with_pool(source, use)


@needs_fork
def test_the_pool_starts_anew_when_the_process_behind_it_is_killed(source: Source) -> None:
    async def use(pool: Pool) -> None:
        assert pool.generation is not None
        assert pool.generation.process is not None
        pool.generation.process.kill()
        await until(lambda: pool.counts["restarts"] > 0 and pool.generation is not None)
        assert isinstance(await outcome(pool, "ASK {}"), Reply)

    with_pool(source, use)


def test_a_query_of_a_hundred_thousand_brackets_harms_nobody(source: Source) -> None:
    async def use(pool: Pool) -> None:
        assert await outcome(pool, "SELECT * {" + "{" * 100_000 + "}" * 100_000 + "}") is Reason.DEPTH
        assert isinstance(await outcome(pool, "ASK {}"), Reply)

    with_pool(source, use)


def test_a_query_nobody_waits_for_frees_its_worker(source: Source) -> None:
    async def use(pool: Pool) -> None:
        job = pool.submit(query(RUNAWAY))
        await until(lambda: job in pool.schedule.running)
        pool.cancel(job)
        with pytest.raises(StoppedError):
            await job.done
        assert not pool.schedule.running

    with_pool(source, use, timeout=600)


def test_one_client_and_the_queue_are_bounded(source: Source) -> None:
    async def use(pool: Pool) -> None:
        jobs = [pool.submit(query("ASK {}"), client="one") for _ in range(3)]
        with pytest.raises(StoppedError, match="this client") as client:
            pool.submit(query("ASK {}"), client="one")
        assert (client.value.reason, client.value.retry_after) == (Reason.CLIENT, 1)
        jobs += [
            pool.submit(query("ASK {}"), client=f"client {number}") for number in range(6 - len(pool.schedule.waiting))
        ]
        with pytest.raises(StoppedError) as queue:
            pool.submit(query("ASK {}"), client="another")
        assert queue.value.reason is Reason.BUSY
        await asyncio.gather(*(job.done for job in jobs))
        assert not pool.schedule.clients

    with_pool(source, use, per_client=3, queue=6, workers=1)


def test_running_queries_end_on_the_data_they_began_with(source: Source) -> None:
    async def use(pool: Pool) -> None:
        slow = asyncio.ensure_future(outcome(pool, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"))
        await until(lambda: pool.schedule.running)
        await pool.load(Source(source.path, "v2", source.quads))
        assert pool.version == "v2"
        assert isinstance(await slow, Reply)
        assert isinstance(await outcome(pool, "ASK {}"), Reply)

    with_pool(source, use)


@needs_fork
def test_workers_above_the_limit_open_the_store_from_disk(source: Source) -> None:
    async def use(pool: Pool) -> None:
        assert pool.generation is not None
        assert not pool.generation.in_memory
        assert isinstance(await outcome(pool, "ASK { ?s ?p ?o }"), Reply)

    with_pool(source, use, stored_in_memory=100)


def test_workers_can_be_started_where_fork_is_missing(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asckg.engine.pool.generation.LINUX", False)

    async def use(pool: Pool) -> None:
        reply = await outcome(pool, "ASK { ?s ?p ?o }")
        assert isinstance(reply, Reply)
        assert reply.payload == b'{"head":{},"boolean":true}'
        assert await outcome(pool, RUNAWAY, seconds=1) is Reason.TIME

    with_pool(source, use)


def test_closing_leaves_no_process_and_no_file(source: Source) -> None:
    seen: list[Pool] = []

    async def use(pool: Pool) -> None:
        seen.append(pool)
        await outcome(pool, "ASK {}")

    with_pool(source, use)
    assert not seen[0].spool.exists()
    assert seen[0].generation is not None
    assert seen[0].generation.process is not None
    assert seen[0].generation.process.wait(PATIENCE) == 0


def test_workers_do_not_inherit_the_servers_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASCKG_TOKEN", "secret")
    monkeypatch.setenv("ASCKG_ENDPOINT_PASSWORD", "secret")
    assert "secret" not in python_environment().values()
