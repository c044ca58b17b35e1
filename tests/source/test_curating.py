"""A second document is data only: the worked example of docs/curating.md, command by command."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import worked_example
from asckg.cli import cli
from asckg.graph import Graph
from asckg.namespace import with_prefixes

ACROSS = """SELECT ?document (COUNT(DISTINCT ?sentence) AS ?sentences) {
  ?document a asc:Synthesis . ?sentence a doco:Sentence ; dct:isPartOf/dct:isPartOf/dct:isPartOf ?document
} GROUP BY ?document ORDER BY ?document"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASCKG_HOME", str(tmp_path / "home"))
    root = worked_example.write(tmp_path / "corpus")
    monkeypatch.chdir(root)
    return root


def run(root: Path, command: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, [*shlex.split(command)[1:], "--corpus", str(root)])
    return result.exit_code, result.stdout, result.stderr


def test_the_commands_of_the_page_print_what_it_shows(root: Path) -> None:
    for command, shown in worked_example.console():
        code, out, err = run(root, command)
        assert code == 0, (command, out, err)
        if shown:
            assert out + err == shown


def test_questions_are_answered_across_both_documents(root: Path) -> None:
    run(root, worked_example.console()[0][0])
    graph = Graph.open(corpus=root)
    rows = graph.engine.select(with_prefixes(ACROSS)).rows
    assert [(row[0].value.rpartition("/")[2], int(row[1].value)) for row in rows if row[0] and row[1]] == [
        ("kendrick-2023", 257),
        ("porter-1999", 5),
    ]


def test_the_second_document_gets_its_shortcuts_from_its_claims(root: Path) -> None:
    run(root, worked_example.console()[0][0])
    graph = Graph.open(corpus=root)
    assert graph.engine.ask(
        with_prefixes("ASK { r:barrier-no-quiet-carriage asc:hinders r:activity-reading-on-trains }")
    )


def test_a_copied_sentence_is_told_and_a_registered_name_is_not(root: Path) -> None:
    run(root, worked_example.console()[0][0])
    claim, thing = (root / "graph_data/porter-1999" / name for name in ("claim.ttl", "thing.ttl"))
    run_of_words = "people who came to read put their books away and went home"
    claim.write_text(claim.read_text().replace("Without a quiet place on branch lines", f"So {run_of_words}"))
    copy = root / "porter-1999.txt"
    name = "Branch Line Company of the Northern Counties and the Isles Limited"
    thing.write_text(thing.read_text().replace('"Branch Line Company"', f'"{name}"'))
    text = copy.read_text().replace("The Branch Line Company", f"The {name}")
    copy.write_text(text.replace("away (", "away and went home ("))
    code, out, _ = run(root, "asckg source check porter-1999 porter-1999.txt")
    assert code == 1
    copied = [line for line in out.splitlines() if " G106 " in line]
    assert [line.partition(" G106 ")[0] for line in copied] == ["graph_data/porter-1999/claim.ttl:40:"]


def test_a_sentence_that_nothing_carries_is_listed_with_its_text(root: Path) -> None:
    run(root, worked_example.console()[0][0])
    (root / "graph_data/porter-1999/signpost.ttl").unlink()
    code, out, _ = run(root, "asckg source coverage porter-1999 porter-1999.txt")
    assert code == 1
    assert out.endswith("neither: r:porter-1999-todo-p1-s1\tThe next page lists what we read.\n")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("asckg source check nowhere porter-1999.txt", "there is no document 'nowhere'"),
        ("asckg source check porter-1999 nowhere.txt", "there is no such file"),
        ("asckg source outline docs.txt", "this is no copy of a document that the graph knows"),
    ],
)
def test_misuse_is_told_in_one_line(command: str, message: str, root: Path) -> None:
    run(root, worked_example.console()[0][0])
    (root / "docs.txt").write_text("Nothing of this.\n")
    result = CliRunner().invoke(cli, [*shlex.split(command)[1:], "--corpus", str(root)])
    assert message in str(result.exception)
