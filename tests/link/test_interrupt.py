"""Runs that are cut short: by Ctrl-C, by a kill, by a full disk; what was there stays, and a new run goes on."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from asckg.corpus import Corpus
from asckg.error import AsckgError
from asckg.link.decision import Decision, merge
from asckg.link.queue import Queue
from asckg.whole import UNDONE, beside, sweep_beside, write
from waiting import until

ROWS = 200_000
# Started in the background by a shell, a program has Ctrl-C ignored; so the handler is put back.
HEARD = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
PROGRAM = (sys.executable, "-c", f"{HEARD}; from asckg.cli import main; main()")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shipped = Corpus.open()
    for tree in (shipped.ontology, shipped.data, shipped.queries):
        shutil.copytree(tree, tmp_path / "corpus" / tree.name)
    lines = (f"{number},University of Kent {number}\n" for number in range(ROWS))
    (tmp_path / "mine.csv").write_text("id,name\n1,University of Kent\n2,LSE\n" + "".join(lines))
    (tmp_path / "few.csv").write_text("id,name\n1,University of Kent\n2,LSE\n")
    return tmp_path


def start(root: Path, table: str, *more: str, **said) -> subprocess.Popen:
    command = (*PROGRAM, "link", str(root / table), "--corpus", str(root / "corpus"), *more)
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, **said)


def wait_for_report(root: Path) -> None:
    until(lambda: any(path.stat().st_size > 100_000 for path in root.glob(".out.csv.*")), "the beginning of a report")


def links(root: Path) -> Path:
    return root / "corpus/graph_data/links/mine.sssom.tsv"


def test_ctrl_c_keeps_the_links_found_so_far_and_leaves_no_half_report(root):
    (root / "out.csv").write_text("the report of yesterday\n")
    run = start(root, "mine.csv", "--record", "--out", str(root / "out.csv"), "--processes", "2")
    wait_for_report(root)
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate(timeout=300)[1]
    assert run.returncode == 2, said
    assert "interrupted after" in said
    assert "Traceback" not in said
    assert (root / "out.csv").read_text() == "the report of yesterday\n"
    assert list(root.glob(".out.csv.*")) == []
    assert "r:org-university-of-kent\t" in links(root).read_text()


def test_a_kill_leaves_decisions_as_they_were_and_no_process_behind(root):
    start(root, "few.csv", "--record", "--source", "mine").communicate(timeout=300)
    before = links(root).read_bytes()
    run = start(root, "mine.csv", "--record", "--out", str(root / "out.csv"), "--processes", "2")
    wait_for_report(root)
    os.kill(run.pid, signal.SIGKILL)
    run.communicate(timeout=300)  # ends when the last process that holds stderr has ended
    assert links(root).read_bytes() == before
    assert not (root / "out.csv").exists()
    assert len(list(root.glob(".out.csv.*"))) == 1
    again = start(root, "few.csv", "--record", "--source", "mine", "--out", str(root / "out.csv"))
    assert "2 rows" in again.communicate(timeout=300)[1]
    assert links(root).read_bytes() == before
    assert list(root.glob(".out.csv.*")) == []  # what the killed run left is gone


def test_a_run_that_finds_nothing_leaves_no_decision_file(root):
    (root / "mine.csv").write_text("id,name\n1,Society of Oats\n")
    said = start(root, "mine.csv", "--record").communicate(timeout=300)[1]
    assert "nothing to keep" in said
    assert not links(root).exists()


def test_a_full_disk_is_said_and_the_old_report_stays(root):
    (root / "out.csv").write_text("the report of yesterday\n")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    run = start(root, "mine.csv", "--out", str(root / "out.csv"), "--processes", "1", preexec_fn=limit)
    said = run.communicate(timeout=300)[1]
    assert run.returncode == 2, said
    assert "cannot be written" in said
    assert "nothing was changed" in said
    assert (root / "out.csv").read_text() == "the report of yesterday\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_device_without_room_is_said():
    with pytest.raises(AsckgError, match="/dev/full cannot be written: No space left"):
        write(Path("/dev/full"), "x")


def test_a_block_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "t.txt"
    write(path, "old")

    def fail() -> None:
        with beside(path) as file:
            file.write("new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_sweeping_leaves_what_a_living_run_writes_and_what_is_not_ours(tmp_path):
    path, other = tmp_path / "out.csv", tmp_path / ".out.csv.original"
    other.write_text("mine")
    (tmp_path / f".out.csv.0{UNDONE}").symlink_to(other)
    left = tmp_path / f".out.csv.1{UNDONE}"
    left.write_text("of a killed process")
    with beside(path) as file:
        assert sweep_beside(path) == [left]
        file.write("new")
    assert path.read_text() == "new"
    assert other.read_text() == "mine"


def decision(name: str, state: str = "suggested") -> Decision:
    return Decision(f"r:{name}", name, "skos:exactMatch", "", f"ror:{name}", name, other=f"status={state}")


def test_a_run_cut_short_keeps_suggestions_that_it_did_not_come_to():
    old = [decision("a"), decision("b"), decision("c", "accepted")]
    merged, counts = merge(old, [decision("b")], whole=False)
    assert {item.subject_id for item in merged} == {"r:a", "r:b", "r:c"}
    assert counts["gone"] == 0
    assert merge(old, [decision("b")])[1]["gone"] == 1


def test_two_rows_about_one_pair_stop_the_run_before_one_is_lost(root):
    start(root, "few.csv", "--record", "--source", "mine").communicate(timeout=300)
    text = links(root).read_text()
    links(root).write_text(text + text.splitlines()[-1] + "\n")
    edited = links(root).read_bytes()
    said = start(root, "few.csv", "--record", "--source", "mine").communicate(timeout=300)[1]
    assert "L012" in said
    assert "are decided on line" in said
    assert links(root).read_bytes() == edited


def test_a_journal_line_cut_short_by_a_crash_loses_nothing_else(root):
    start(root, "few.csv", "--record", "--source", "mine").communicate(timeout=300)
    queue = Queue(links(root).parent)
    pair = queue.waiting()[0].pair
    queue.decide(pair, "accepted", "A", "2026-01-01")
    with (links(root).parent / ".review.jsonl").open("a") as file:
        file.write('{"pair": ["r:org')
    queue.decide(pair, "rejected", "B", "2026-01-02")
    assert queue.disagreements() == [(pair, {"A": "accepted", "B": "rejected"})]
    assert queue.undo("B") is not None


def test_a_similarity_edited_into_nonsense_goes_to_the_end_of_the_queue(root):
    start(root, "few.csv", "--record", "--source", "mine").communicate(timeout=300)
    text = links(root).read_text()
    score = Queue(links(root).parent).waiting()[0].similarity_score
    links(root).write_text(text.replace(f"\t{score}\t", "\tvery\t"))
    assert Queue(links(root).parent).waiting()[-1].similarity_score == "very"
