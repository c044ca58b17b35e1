"""Faults of the server's own: what the client hears, and what is left behind."""

from pathlib import Path

import httpx
import pytest

from asckg import scratch
from asckg.engine.pool import SPOOL
from asckg.scratch import Scratch, sweep
from service_case import Server, descendants, make_home, running, serving, small_graph
from waiting import until


def test_an_exception_that_nobody_expected_is_a_problem_document_with_the_requests_id(server: Server) -> None:
    response = server.client.get("/fault", headers={"X-Request-Id": "mine"})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-request-id"] == "mine"
    problem = response.json()
    assert (problem["status"], problem["title"]) == (500, "Internal Server Error")
    assert "ZeroDivisionError" not in response.text
    assert 'status="500"' in server.client.get("/metrics").text


def test_an_exception_after_the_head_cuts_the_connection_and_not_the_server(server: Server) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        server.client.get("/late-fault")
    assert server.query("ASK {}").status_code == 200


def test_the_fault_is_logged_as_one_line_of_json(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), log=True) as server:
        server.client.get("/fault", headers={"X-Request-Id": "mine"})
        assert server.process.stderr is not None
        line = next(line for line in server.process.stderr if '"error"' in line)
    assert line.startswith("{")
    assert '"id": "mine"' in line
    assert "ZeroDivisionError" in line


def test_the_next_server_takes_away_what_a_killed_one_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    home = make_home(tmp_path / "home", small_graph())
    with serving(home) as first:
        family = descendants(first.process.pid)
        first.process.kill()
        first.process.wait()
        until(lambda: not any(running(process) for process in family), "the end of every worker")
    (left,) = temporary.glob(f"{SPOOL}*")
    with serving(home):
        (own,) = temporary.glob(f"{SPOOL}*")
        assert own != left
        with serving(home):  # one beside it: nobody takes what belongs to the living
            assert own.is_dir()
            assert len(list(temporary.glob(f"{SPOOL}*"))) == 2
    assert not list(temporary.iterdir())


def test_a_folder_that_is_just_being_made_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[Path] = []

    def lock(descriptor: int) -> bool:
        """Have another process look around just before the folder's lock is held."""
        with monkeypatch.context() as other:
            other.setattr(scratch, "_lock", hold)
            swept.extend(sweep("work-", tmp_path))
        return hold(descriptor)

    hold = scratch._lock
    monkeypatch.setattr(scratch, "_lock", lock)
    made = Scratch("work-", tmp_path)
    monkeypatch.undo()
    assert (swept, sweep("work-", tmp_path)) == ([], [])
    assert made.path.is_dir()
    made.remove()


def test_folders_of_others_and_of_the_living_are_left_alone(tmp_path: Path) -> None:
    mine = Scratch("work-", tmp_path)
    (tmp_path / "work-without-a-lock").mkdir()
    (tmp_path / "work-link").symlink_to(mine.path)
    (tmp_path / "work-file").write_text("")
    assert sweep("work-", tmp_path) == []
    mine.remove()
    assert not mine.path.exists()
