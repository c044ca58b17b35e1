"""External tables, small ones and those that go straight to the store on disk."""

import gzip
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asckg import AsckgError, Graph
from asckg.build import Build, build, current
from asckg.build import digest as digests
from asckg.build.apart import load_apart
from asckg.build.digest import Digests, sha256
from asckg.build.order import Sorter
from asckg.build.table import Table
from asckg.corpus import Corpus
from asckg.engine.embedded import EmbeddedEngine
from asckg.namespace import GRAPH
from build_case import EX, building, built_on_small_disk, write_table
from waiting import until

TABLE = f"{GRAPH}external-rows"
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="the child is found through /proc")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every table for a large one."""
    monkeypatch.setattr("asckg.build.table.LARGE", 0)
    monkeypatch.setattr("asckg.build.table.PIECE", 3000)
    monkeypatch.setattr("asckg.build.order.PIECE", 8000)


def children(process: int, thread: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{thread}/children").read_text().split()]


def has_ended(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].startswith("Z")
    except FileNotFoundError:
        return True


def made(corpus: Path, home: Path) -> Build:
    return build(Corpus.open(corpus), home)


def test_large_table_is_built_and_dumped_as_a_small_one_is(corpus, tmp_path, request):
    write_table(corpus)
    small = made(corpus, tmp_path / "small")
    request.getfixturevalue("large")
    large = made(corpus, tmp_path / "large")
    assert small.manifest["graphs"][TABLE] == 1000
    assert {**large.manifest, "dumps": 0} == {**small.manifest, "dumps": 0}
    dump = "dump.nq.gz"
    assert (large.path / dump).read_bytes() == (small.path / dump).read_bytes()
    assert gzip.decompress((large.path / dump).read_bytes()).decode().count(f" <{TABLE}> .\n") == 1000


@pytest.mark.usefixtures("large")
def test_blank_node_is_one_node_all_through_the_dump_of_a_large_table(corpus, tmp_path):
    path = write_table(corpus)
    same = f'_:x <{EX}name> "first" .\n', f"<{EX}0> <{EX}at> _:x .\n"
    path.write_text(same[0] + path.read_text() + same[1])
    found = made(corpus, tmp_path / "h")
    assert found.manifest["graphs"][TABLE] == 1002
    names = re.findall(rf"_:\w+(?=.* <{TABLE}> \.)", gzip.decompress((found.path / "dump.nq.gz").read_bytes()).decode())
    assert len(names) == 2
    assert len(set(names)) == 1


@pytest.mark.usefixtures("large")
def test_forms_that_leave_a_large_table_out_say_so(corpus, tmp_path):
    write_table(corpus)
    found = made(corpus, tmp_path / "h")
    assert found.manifest["dumps"]["dump.trig.gz"]["without"] == [TABLE]
    assert TABLE.encode() not in gzip.decompress((found.path / "dump.trig.gz").read_bytes())
    assert "without" not in found.manifest["dumps"]["dump.nq.gz"]


@pytest.mark.usefixtures("large")
def test_large_table_is_in_its_graph_and_not_in_the_default_graph(corpus, tmp_path):
    write_table(corpus)
    found = made(corpus, tmp_path / "h")
    engine = EmbeddedEngine.open(found.store_path, "1")
    assert not engine.ask(f"ASK {{ <{EX}7> ?p ?o }}")
    rows = engine.select(f"SELECT ?size {{ GRAPH <{TABLE}> {{ <{EX}7> <{EX}size> ?size }} }}").dicts()
    assert [str(row["size"]) for row in rows] == ["7.5"]
    assert found.quads == sum(found.manifest["graphs"].values()) + found.manifest["triples"]


def test_nothing_is_concluded_from_a_table(corpus, tmp_path):
    claim = "".join(
        f"<{EX}claim> <https://w3id.org/asckg/def#{name}> <{value}> .\n"
        for name, value in (
            ("subject", f"{EX}a"),
            ("predicate", "https://w3id.org/asckg/def#hinders"),
            ("object", f"{EX}b"),
        )
    )
    write_table(corpus).write_text(claim)
    engine = EmbeddedEngine.open(made(corpus, tmp_path / "h").store_path, "1")
    assert not engine.ask(f"ASK {{ <{EX}a> ?p <{EX}b> }}")


@pytest.mark.usefixtures("large")
def test_opening_a_graph_tells_what_the_build_of_a_large_table_does(corpus, tmp_path):
    write_table(corpus)
    heard: list[str] = []
    Graph.open(corpus, tmp_path / "h", heard.append).close()
    Graph.open(corpus, tmp_path / "h", heard.append).close()
    assert heard == ["loading rows.nt, 0 MiB", "sorting the store", "writing the dumps", "taking it into use"]


@pytest.mark.usefixtures("large")
def test_broken_table_is_named_with_line_and_reason_and_the_old_build_stays(corpus, tmp_path):
    path = write_table(corpus)
    first = made(corpus, tmp_path / "h")
    path.write_text(path.read_text() + f'<{EX}x> <{EX}name> "no end\n')
    with pytest.raises(AsckgError, match=r"rows.nt:1002:\d+: .*closing quote"):
        made(corpus, tmp_path / "h")
    assert current(tmp_path / "h").version == first.version
    assert [path.name for path in (tmp_path / "h/builds").iterdir()] == [first.version]


def test_table_whose_name_cannot_end_an_iri_is_named(corpus, tmp_path):
    write_table(corpus).rename(corpus / "graph_data/links/external/my rows.nt")
    with pytest.raises(AsckgError, match="'my rows' cannot end the IRI"):
        made(corpus, tmp_path / "h")


def test_disk_that_fills_up_under_a_large_table_leaves_the_old_build(corpus, tmp_path):
    first = made(corpus, tmp_path / "h")
    write_table(corpus, 20_000)
    run = built_on_small_disk(corpus, tmp_path / "h", 600_000, large=0)
    assert "loading rows.nt" in run.stdout
    assert "the previous build is untouched" in run.stdout
    assert current(tmp_path / "h").version == first.version
    assert [path.name for path in (tmp_path / "h/builds").iterdir()] == [first.version]


@needs_proc
def test_build_killed_while_it_loads_a_large_table_leaves_the_old_one_whole(corpus, tmp_path):
    home = tmp_path / "h"
    first = made(corpus, home)
    write_table(corpus, 100_000)
    with building(corpus, home, "loading rows.nt") as process:
        (child,) = children(process.pid, process.pid)
    until(lambda: has_ended(child), "the end of the process that loads")
    assert current(home).version == first.version
    assert EmbeddedEngine.open(current(home).store_path, first.version).ask("ASK { ?b asc:hinders ?a }")
    write_table(corpus, 10)
    assert made(corpus, home).manifest["graphs"][TABLE] == 20
    assert not list((home / "builds").glob(".*"))


def test_ctrl_c_ends_a_load_at_once(tmp_path):
    """A pipe that nobody writes to is a table whose load does not end by itself."""
    os.mkfifo(tmp_path / "endless.nt")
    script = (
        "import signal, sys\n"
        "from pathlib import Path\n"
        "from asckg.build.apart import load_apart\nfrom asckg.build.table import Table\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "store, table = map(Path, sys.argv[1:])\n"
        "try:\n    load_apart(store, [Table.of(table)], lambda doing: print(doing, flush=True))\n"
        "except KeyboardInterrupt:\n    print('interrupted')\n"
    )
    command = [sys.executable, "-c", script, tmp_path / "store", tmp_path / "endless.nt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "loading endless.nt" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60)[0] == "interrupted\n"


def test_process_that_loads_ends_with_the_one_that_started_it(tmp_path):
    os.mkfifo(tmp_path / "endless.nt")
    command = [sys.executable, "-m", "asckg.build.bulk", tmp_path / "store", tmp_path / "endless.nt"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert "loading endless.nt" in process.stdout.readline()
        process.stdin.close()
        assert process.wait(60) == 1


@needs_proc
def test_load_that_the_system_ends_is_told_as_such(tmp_path):
    os.mkfifo(tmp_path / "endless.nt")

    def kill(_: str) -> None:
        # Tests before this one may have left this process orphans that it adopted.
        mine = children(os.getpid(), threading.get_native_id())
        (child,) = [one for one in mine if b"asckg.build.bulk" in Path(f"/proc/{one}/cmdline").read_bytes()]
        os.kill(child, signal.SIGKILL)

    with pytest.raises(AsckgError, match="want of memory"):
        load_apart(tmp_path / "store", [Table.of(tmp_path / "endless.nt")], kill)


@given(st.lists(st.text("ab ", max_size=5)), st.integers(1, 40), st.integers(1, 7))
def test_lines_come_in_order_however_small_the_pieces(tmp_path_factory, lines, piece, step):
    text = "".join(f"{line}\n" for line in lines).encode()
    sorter = Sorter(tmp_path_factory.mktemp("runs"), piece)
    for start in range(0, len(text), step):
        sorter.write(text[start : start + step])
    assert b"".join(sorter.blocks()) == b"".join(sorted(set(text.splitlines(keepends=True))))
    assert sorter.count == len(set(lines))
    assert not list(sorter.folder.iterdir())


def test_digest_of_a_large_file_is_remembered_until_the_file_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(digests, "LARGE", 3)
    monkeypatch.setattr(digests, "SETTLED", -60.0)
    file = tmp_path / "table.nt"
    file.write_text("first")
    remembered = Digests(tmp_path)(file)
    assert remembered == sha256(file)
    kept = tmp_path / digests.FILE
    kept.write_text(kept.read_text().replace(remembered, "as kept"))
    assert Digests(tmp_path)(file) == "as kept"
    before = file.stat()
    file.write_text("other")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Digests(tmp_path)(file) == sha256(file) != remembered


def test_digest_of_a_file_that_changed_just_now_is_not_remembered(tmp_path, monkeypatch):
    monkeypatch.setattr(digests, "LARGE", 3)
    monkeypatch.setattr(digests, "SETTLED", 600.0)
    (tmp_path / "table.nt").write_text("first")
    Digests(tmp_path)(tmp_path / "table.nt")
    assert not (tmp_path / digests.FILE).exists()


@pytest.mark.parametrize("content", ["", "[]", '{"x"', '{"PATH": 3}'])
def test_damaged_memory_of_digests_is_not_believed(tmp_path, monkeypatch, content):
    monkeypatch.setattr(digests, "LARGE", 3)
    file = tmp_path / "table.nt"
    file.write_text("first")
    (tmp_path / digests.FILE).write_text(content.replace("PATH", str(file)))
    assert Digests(tmp_path)(file) == sha256(file)
