"""How much of a table is done, as the bar of a terminal shows it."""

import gzip
import json
import os
import re
import subprocess
import sys
from itertools import pairwise

import pytest

from asckg.link.job import Wanted, opened

NAMES = [f"Institute of Oats {number}" for number in range(6000)]


def _write(path, form):
    rows = {
        "csv": "name\n" + "".join(f"{name}\n" for name in NAMES),
        "json": json.dumps([{"name": name} for name in NAMES]),
        "object": json.dumps({"results": [{"name": name} for name in NAMES]}),
        "ris": "".join(f"TY  - JOUR\nTI  - {name}\nER  - \n" for name in NAMES[:300]),
        "ttl": "".join(
            f'<http://example.org/{n}> <http://example.org/name> "{name}" .\n' for n, name in enumerate(NAMES)
        ),
    }[form].encode()
    path.write_bytes(gzip.compress(rows) if path.suffix == ".gz" else rows)
    return path


@pytest.mark.parametrize(
    ("file", "form"),
    [("a.csv", "csv"), ("a.csv.gz", "csv"), ("a.json", "json"), ("a.json", "object"), ("a.json.gz", "object"),
     ("a.ris", "ris"), ("a.ttl", "ttl")],
)  # fmt: skip
def test_share_that_is_done_grows_from_nothing_to_all(tmp_path, file, form):
    shares = []
    with opened(Wanted(_write(tmp_path / file, form), parts={"label": "title" if form == "ris" else "name"})) as table:
        for done, _ in enumerate(table.take(), 1):
            shares.append(table.share(done))
            if done % 2 == 0:
                assert table.share(done // 2) == pytest.approx(shares[-1] / 2)
    assert shares[0] < 0.9 or file == "a.csv.gz"  # which is read as one piece, being small
    assert shares[-1] == pytest.approx(1, abs=0.01)
    assert all(later >= before - 1e-9 for before, later in pairwise(shares))


def test_terminal_sees_a_bar_and_a_pipe_does_not(tmp_path, home):
    pty = pytest.importorskip("pty")
    command = [sys.executable, "-c", "from asckg.cli import main; main()", "link", "--name", "name"]
    command += [str(_write(tmp_path / "a.csv", "csv")), "--out", str(tmp_path / "out.csv")]
    master, slave = pty.openpty()
    run = subprocess.Popen(command, stderr=slave, env={**os.environ, "ASCKG_HOME": str(home), "TERM": "xterm"})
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the terminal is gone with its last user
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    assert run.wait() == 0, shown.decode()
    assert re.search(r"row 6,000\b", shown.decode())
    assert "100%" in shown.decode()
    piped = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "ASCKG_HOME": str(home)})
    assert b"100%" not in piped.stderr
