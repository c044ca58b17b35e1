"""Questions across the graph and a table that was loaded beside it; the tables are invented."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from asckg.cli import cli
from asckg.corpus import Corpus
from asckg.graph import Graph
from asckg.link.publish import decisions_in
from asckg.question import load_all
from asckg.tree import queries_dir

COUNCILS = """council,gss,partnership
Leeds City Council,E08000035,
Camford County Council,E10000999,PARC
Oxbridge Borough Council,E09000998,connected
Elsewhere Council,E09000997,a club of ours
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> Graph:
    root = tmp_path_factory.mktemp("across")
    shipped = Corpus.open()
    for tree in (shipped.ontology, shipped.data, shipped.queries):
        shutil.copytree(tree, root / "corpus" / tree.name)
    doi = next(
        item.object_id.removeprefix("doi:")
        for item in decisions_in(shipped.data / "links")
        if item.object_id.startswith("doi:") and item.state == "accepted"
    )
    works = [
        {"id": "https://openalex.org/W990000001", "doi": f"https://doi.org/{doi.upper()}", "display_name": "Ours",
         "publication_year": 2004, "authorships": [], "cited_by_count": 321},
        {"id": "https://openalex.org/W990000002", "doi": "https://doi.org/10.9999/other", "display_name": "Other",
         "publication_year": 2004, "authorships": [], "cited_by_count": 5},
    ]  # fmt: skip
    (root / "works.json").write_text(json.dumps({"results": works}))
    (root / "councils.csv").write_text(COUNCILS)
    load(root, "works.json")
    load(root, "councils.csv", "--all", "--keep", "partnership")
    return Graph.open(corpus=root / "corpus", home=root / "home")


def load(root: Path, name: str, *more: str) -> None:
    done = CliRunner().invoke(cli, ["link", "--load", str(root / name), *more, "--corpus", str(root / "corpus")])
    assert done.exit_code == 0, done.output


def rows(graph: Graph, name: str) -> list[list[str]]:
    found = graph.query(name)
    return [[term.value.rsplit("/", 1)[-1] if term else "" for term in row] for row in found.rows]


def test_a_loaded_table_says_its_licence_where_it_comes_from_and_when(tmp_path):
    (tmp_path / "councils.csv").write_text(COUNCILS)
    shipped = Corpus.open()
    for tree in (shipped.ontology, shipped.data, shipped.queries):
        shutil.copytree(tree, tmp_path / "corpus" / tree.name)
    arguments = ["link", "--load", str(tmp_path / "councils.csv"), "--all", "--corpus", str(tmp_path / "corpus")]
    silent = CliRunner().invoke(cli, arguments)
    assert "say it with --licence" in silent.stderr
    assert "say it with --origin" in silent.stderr
    told = CliRunner().invoke(cli, [*arguments, "--licence", "OGL v3", "--origin", "https://example.org/councils"])
    assert "say it with" not in told.stderr
    text = (tmp_path / "corpus/graph_data/links/external/councils.nt").read_text()
    assert '<http://purl.org/dc/terms/license> "OGL v3" .' in text
    assert "<http://purl.org/dc/terms/source> <https://example.org/councils> ." in text
    assert "<http://purl.org/dc/terms/issued>" in text


def test_a_cited_work_shows_its_citations_elsewhere_joined_by_doi(graph):
    found = rows(graph, "link-work-citations")
    assert [row[2] for row in found] == ["321"]
    assert found[0][0].startswith("work-")


def test_authorities_of_a_table_are_joined_to_partnerships_that_involve_an_embedded_researcher(graph):
    found = rows(graph, "link-authority-researcher")
    assert [(row[0], row[2], row[4]) for row in found] == [
        ("E10000999", "partnership-parc", "role-researcher-in-residence"),
        ("E09000998", "partnership-connected", "role-researcher-in-residence"),
    ]


def test_without_a_table_the_question_says_which_one_it_needs():
    question = load_all(queries_dir())["link-authority-researcher"]
    assert "--keep partnership" in question.empty


def test_a_column_to_keep_that_is_not_there_is_named(tmp_path):
    (tmp_path / "t.csv").write_text("name\nLeeds City Council\n")
    done = CliRunner().invoke(cli, ["link", "--load", str(tmp_path / "t.csv"), "--keep", "partnership"])
    assert "has no column 'partnership'; it has name" in str(done.exception)
