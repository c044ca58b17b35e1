"""Examples of the documentation are run as they stand: `python` and `sparql` blocks, and `sh` blocks in a shell.

A `text` block after a `sh` block is what the command prints. Blocks for reading only are listed with the reason.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from asckg.graph import Graph
from asckg.namespace import PREFIXES
from asckg.turtle import parse
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


READ = {
    "console": "serves, installs, writes into the corpus, or needs a repository or a file of yours",
    "nginx": "needs nginx",
    "r": "needs R, and says so",
}
"""Languages of blocks that are for reading only, and why."""


def test_every_block_is_run_by_a_test_or_has_a_reason_not_to_be():
    run = {"python", "sh", "sparql", "text", "json", "turtle"}
    elsewhere = {"client.md": {"bash", "py", "js", "html"}}  # tests/client runs them, or the like, against a server
    unknown = {
        (name_of(path), language)
        for path in pages()
        for language in re.findall(
            r"^```(\S*)[^\n]*\n.*?^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        )
        if language not in run | READ.keys() | elsewhere.get(path.name, set())
    }
    assert unknown == set()


@pytest.mark.parametrize("path", with_blocks("turtle"))
def test_turtle_of_a_page_parses_with_the_prefixes_of_the_project(path):
    prefixes = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    for block in blocks(path):
        if block.language == "turtle":
            assert parse(path, prefixes + block.text).triples


@pytest.mark.parametrize("path", with_blocks("json"))
def test_json_of_a_page_names_commands_that_exist(path):
    for block in blocks(path):
        if block.language == "json":
            for server in json.loads(block.text)["mcpServers"].values():
                assert (server["command"], server["args"][0]) == ("asckg", "mcp")
