"""A write whose process ends after its file stands in place: it is there, so it is told as done."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from asckg.engine.pool import Kind, Pool, Request, Source, StoppedError
from asckg.engine.pool.source import version_of
from pool_case import query, with_pool

# What a system does at a bad moment: the process gets a signal right before or after it renames the user's file.
FAULT = """
import os, pathlib, signal

rename = pathlib.Path.replace

def faulty(self, target):
    moment, name, flag = os.environ["FAULT"].split()
    if not os.path.exists(flag):
        return rename(self, target)
    os.unlink(flag)
    if moment == "after":
        rename(self, target)
    os.kill(os.getpid(), getattr(signal, name))

pathlib.Path.replace = faulty
"""
COUNT = query("SELECT (COUNT(*) AS ?n) { GRAPH <http://example.org/mine> { ?s ?p ?o } }")


def insert(value: int) -> Request:
    text = (
        f"INSERT DATA {{ GRAPH <http://example.org/mine> {{ <http://example.org/a> <http://example.org/p> {value} }} }}"
    )
    return Request("update", text)


@pytest.fixture
def own(source: Source, tmp_path: Path) -> Source:
    return replace(source, user=tmp_path / "user" / "data.nq").as_it_is()


@pytest.fixture
def flag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """Return a file that, once it is there, makes the next write meet the fault that the test names."""
    flag = tmp_path / "flag"
    (tmp_path / "fault").mkdir()
    (tmp_path / "fault" / "sitecustomize.py").write_text(FAULT, encoding="ascii")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "fault"), *sys.path]))
    monkeypatch.setenv("FAULT", f"{request.param} {flag}")
    return flag


def arm(flag: Path) -> None:
    """Have the next write meet the fault."""
    flag.touch()


@pytest.mark.skipif(sys.platform != "linux", reason="writing needs Linux")
@pytest.mark.parametrize("flag", ["after SIGKILL", "after SIGSTOP"], indirect=True)
def test_a_write_that_ends_after_its_file_is_in_place_is_done_and_seen(own: Source, flag: Path) -> None:
    async def use(pool: Pool) -> None:
        assert (await pool.write(insert(1))).kind is Kind.RESULT
        arm(flag)
        assert (await pool.write(insert(2))).kind is Kind.RESULT
        assert b'"value":"2"' in (await pool.run(COUNT)).payload
        assert own.user is not None
        assert pool.version == f"v1-{version_of(own.user.read_bytes())}"
        assert (await pool.write(insert(3))).kind is Kind.RESULT
        assert b'"value":"3"' in (await pool.run(COUNT)).payload

    with_pool(own, use, timeout=8.0)  # which a process that is stopped takes, and no other


@pytest.mark.skipif(sys.platform != "linux", reason="writing needs Linux")
@pytest.mark.parametrize("flag", ["before SIGKILL"], indirect=True)
def test_a_write_that_ends_before_its_file_is_in_place_changed_nothing(own: Source, flag: Path) -> None:
    async def use(pool: Pool) -> None:
        assert (await pool.write(insert(1))).kind is Kind.RESULT
        version = pool.version
        arm(flag)
        with pytest.raises(StoppedError, match="nothing changed"):
            await pool.write(insert(2))
        assert pool.version == version
        assert b'"value":"1"' in (await pool.run(COUNT)).payload
        assert (await pool.write(insert(3))).kind is Kind.RESULT
        assert b'"value":"2"' in (await pool.run(COUNT)).payload

    with_pool(own, use)
