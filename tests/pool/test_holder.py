"""The process that holds the data: lost and started anew, and loaded while somebody writes."""

import asyncio
import errno
import os
import signal
from dataclasses import replace
from pathlib import Path

from asckg.engine.pool import Kind, Limits, Pool, Reply, Request, Source
from asckg.engine.pool.execution import run
from asckg.engine.pool.source import version_of
from asckg.engine.pool.zygote import load
from pool_case import JSON, TURTLE, query, until, with_pool

MINE = "http://example.org/mine"


def insert(value: int) -> Request:
    return Request(
        "update", f"INSERT DATA {{ GRAPH <{MINE}> {{ <http://example.org/a> <http://example.org/p> {value} }} }}"
    )


def test_queries_wait_while_the_process_behind_them_is_started_anew(source: Source) -> None:
    async def use(pool: Pool) -> None:
        for _ in range(3):
            await until(lambda: pool.generation is not None)
            restarts, killed = pool.counts["restarts"], pool.generation
            assert killed is not None
            assert killed.process is not None
            os.kill(killed.process.pid, signal.SIGKILL)
            await until(lambda: pool.counts["restarts"] > restarts)  # noqa: B023  it is called at once
            replies = await asyncio.gather(*(pool.run(query(f"ASK {{ ?s ?p {number} }}")) for number in range(5)))
            assert [reply.kind for reply in replies] == [Kind.RESULT] * 5

    with_pool(source, use)


def test_the_process_is_started_again_until_it_comes_up(source: Source) -> None:
    away = source.path.with_name("away")

    async def use(pool: Pool) -> None:
        assert pool.generation is not None
        assert pool.generation.process is not None
        source.path.rename(away)
        source.path.write_text("no store", encoding="ascii")
        os.kill(pool.generation.process.pid, signal.SIGKILL)
        await until(lambda: pool.counts["restarts"] > 0)
        await asyncio.sleep(1.0)
        source.path.unlink()
        away.rename(source.path)
        assert (await pool.run(query("ASK { ?s ?p ?o }"))).payload == b'{"head":{},"boolean":true}'

    with_pool(source, use)


def test_a_write_while_new_data_are_loaded_is_not_lost(source: Source, tmp_path: Path) -> None:
    own = replace(source, user=tmp_path / "user" / "data.nq").as_it_is()

    async def use(pool: Pool) -> None:
        for value in range(3):
            loading = asyncio.ensure_future(pool.load(own))
            await asyncio.sleep(0)
            assert (await pool.write(insert(value))).kind is Kind.RESULT
            await loading
            assert own.user is not None
            assert pool.version == f"v1-{version_of(own.user.read_bytes())}"
            reply = await pool.run(query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}"))
            assert f'"value":"{value + 1}"'.encode() in reply.payload

    with_pool(own, use)


def test_an_answer_without_room_on_the_disk_is_told_so(source: Source, tmp_path: Path) -> None:
    store, _ = load(source.path, None)
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    wanted = Request("query", "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 9000", JSON.code, TURTLE.code)
    reply: Reply = run(store, wanted, Limits(inline=1000), str(full))
    assert reply.kind is Kind.NOT_STORED
    assert os.strerror(errno.ENOSPC) in reply.text
    assert not full.is_symlink()
