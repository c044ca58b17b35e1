"""Examples of the documentation are run as they stand: `python` and `sparql` blocks, and `sh` blocks in a shell.

A `text` block after a `sh` block is what the command prints. `console` blocks are for reading: they serve, install, or
need a file of yours.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from asckg.graph import Graph
from docs_page import blocks, name_of, pages


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return Graph.open(home=tmp_path_factory.mktemp("home"))


@pytest.fixture
def folder(shipped, tmp_path, monkeypatch):
    monkeypatch.setenv("ASCKG_HOME", str(shipped.build.path.parents[1]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def with_blocks(language):
    return [
        pytest.param(path, id=name_of(path)) for path in pages() if any(b.language == language for b in blocks(path))
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("path", with_blocks("python"))
def test_python_of_a_page_runs_from_top_to_bottom(path):
    names: dict[str, object] = {}
    for block in blocks(path):
        if block.language == "python":
            assert shown(block.text, name_of(path), names) not in EMPTY, f"shows nothing: {block.text}"
    assert names


EMPTY = ([], (), {}, "", 0, False)


def shown(text, page, names):
    """Run a block and return the value of its last line, as a notebook shows it."""
    *before, last = ast.parse(text).body
    if not isinstance(last, ast.Expr):
        before.append(last)
    exec(compile(ast.Module(before, []), page, "exec"), names)  # noqa: S102 - the documentation's own examples
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), page, "eval"), names)  # noqa: S307 - as above
    return None


@pytest.mark.parametrize("path", with_blocks("sparql"))
def test_sparql_of_a_page_finds_something(path, graph):
    empty = [b.text for b in blocks(path) if b.language == "sparql" and len(graph.query(b.text)) == 0]
    assert empty == []


@pytest.mark.parametrize("path", with_blocks("sh"))
def test_commands_of_a_page_run_and_print_what_the_page_shows(path, folder):
    commands = folder / "bin"
    commands.mkdir()
    program = commands / "asckg"
    program.write_text(f"#!{sys.executable}\nfrom asckg.cli import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry),
    }
    bash = shutil.which("bash")
    found = blocks(path)
    for block, after in zip(found, [*found[1:], None], strict=True):
        if block.language != "sh":
            continue
        done = subprocess.run(
            [bash, "-euo", "pipefail", "-c", block.text], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{block.text}\n{done.stderr}"
        if block.text.startswith("asckg query"):
            assert len(done.stdout.splitlines()) > 1, f"finds nothing: {block.text}"
        if after is not None and after.language == "text":
            assert done.stdout.strip() == after.text.strip()
