"""The server for language-model clients, asked by the SDK's own client."""

import asyncio
import os
import shutil
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from asckg.engine.remote import DataSet, RemoteEngine
from asckg.graph import Graph
from asckg.mcp.cite import NO_SOURCE
from asckg.mcp.runner import LIMITS
from asckg.mcp.server import make_server
from endpoint_case import oxigraph_serve
from mcp import Client, StdioServerParameters
from waiting import PATIENCE

ROOT = Path(__file__).parents[2]
QUESTION = """#+ title: Which works does a barrier rest on?
#+ description: The works cited for a barrier.
#+ parameters:
#+   - {name: barrier, type: iri, label: Barrier, default: "r:barrier-dim-lamps"}
SELECT ?barrier ?work WHERE { ?c asc:subject ?barrier ; asc:hasEvidenceLine/cito:citesAsEvidence ?work }
"""
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?f != ?i) }"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    root = tmp_path_factory.mktemp("corpus")
    shutil.copytree(ROOT / "tests" / "fixture" / "graph_data", root / "graph_data")
    shutil.copytree(ROOT / "ontology", root / "ontology")
    (root / "queries" / "questions").mkdir(parents=True)
    (root / "queries" / "questions" / "works-of-barrier.rq").write_text(QUESTION, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def graph(corpus):
    return Graph.open(corpus, home=corpus / "home")


def asked(graph, tool, seconds=PATIENCE, **arguments):
    """Call a tool of a server on `graph`, with so many seconds for each query that it runs."""

    async def run():
        async with Client(make_server(graph, replace(LIMITS, timeout=seconds))) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(run())


@pytest.fixture
def call(graph):
    return partial(asked, graph)


@pytest.fixture(scope="module", params=["files", "endpoint"])
def elsewhere(request, graph, tmp_path_factory):
    """The same graph opened from a folder of Turtle, and behind an endpoint."""
    if request.param == "files":
        near = Graph.open(ROOT / "tests" / "fixture" / "graph_data")
        near.corpus = graph.corpus
        yield near
        return
    store = graph.engine.store
    named = [one.value for one in store.named_graphs()]
    dump = "".join(f"{quad} .\n" for quad in store if "DefaultGraph" not in repr(quad.graph_name)).encode()
    with oxigraph_serve(dump) as address:
        far = Graph.open(address, home=tmp_path_factory.mktemp("far"))
        far.close()
        far.engine = RemoteEngine(address, DataSet(named, named))
        far.corpus = graph.corpus
        yield far
        far.close()


@pytest.fixture
def call_elsewhere(elsewhere):
    return partial(asked, elsewhere)


def test_files_and_endpoints_are_asked_like_a_build(call_elsewhere):
    query = "SELECT ?b ?l WHERE { ?b a asc:Barrier ; skos:prefLabel ?l } ORDER BY ?l"
    found = call_elsewhere("query", sparql=query).structured_content
    assert [row[1] for row in found["rows"]] == ["Dim lamps", "No quiet carriage"]
    assert len(found["sources"]) == 2
    (claim,) = call_elsewhere("cite_claims", names=["r:claim-no-quiet"]).structured_content["claims"]
    assert claim["sentences"][0]["position"] == "Middle, paragraph 1, sentence 2"
    assert call_elsewhere("search", text="GoP").structured_content["hits"][0]["name"] == "r:org-guild-of-porters"


def test_a_runaway_query_on_files_or_an_endpoint_is_ended(call_elsewhere):
    assert call_elsewhere("query", seconds=1.5, sparql=RUNAWAY).is_error


def test_files_and_endpoints_are_not_written_to(call_elsewhere):
    assert call_elsewhere("query", sparql="DELETE WHERE { ?s ?p ?o }").is_error
    assert call_elsewhere("query", sparql="SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }").is_error


def test_parameters_of_a_question_are_bound_there_too(call_elsewhere):
    asked = call_elsewhere("ask_question", name="works-of-barrier", parameters={"barrier": "r:barrier-dim-lamps"})
    assert [row[0] for row in asked.structured_content["rows"]] == ["r:barrier-dim-lamps"]


def test_every_tool_says_that_it_only_reads(graph):
    async def run():
        async with Client(make_server(graph)) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = asyncio.run(run())
    assert {tool.name for tool in tools} == {
        "search", "open_entity", "find_claims", "cite_claims", "query", "list_questions", "ask_question",
    }  # fmt: skip
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    assert "not endorsed" in instructions


def test_search_finds_a_thing_by_its_acronym(call):
    hits = call("search", text="GoP").structured_content["hits"]
    assert hits[0]["name"] == "r:org-guild-of-porters"


def test_an_opened_thing_brings_claims_with_sentence_positions(call):
    found = call("open_entity", name="barrier-no-quiet-carriage").structured_content
    assert found["label"] == "No quiet carriage"
    assert found["sources"][0]["sentences"] == ["Middle, paragraph 1, sentence 2"]
    claim = next(claim for claim in found["claims"] if claim["claim"] == "r:claim-no-quiet")
    assert claim["sentences"][0]["position"] == "Middle, paragraph 1, sentence 2"


def test_a_cited_claim_keeps_literature_and_testimony_apart(call):
    (claim,) = call("cite_claims", names=["r:claim-no-quiet"]).structured_content["claims"]
    works = {line["basis"]: line["works"] for line in claim["evidence"]}
    assert works["Stakeholder testimony"] == []
    assert len(works["Literature"]) == 2
    assert "1997" in works["Literature"][0]


def test_a_claim_that_does_not_exist_is_not_cited(call):
    result = call("cite_claims", names=["r:claim-invented"])
    assert result.is_error
    assert "do not cite" in result.content[0].text


def test_claims_are_found_by_setting(call):
    found = call("find_claims", setting="care-home").structured_content
    assert [claim["claim"] for claim in found["claims"]] == ["r:claim-dim"]


def test_a_query_brings_rows_and_the_sentences_of_the_things_it_names(call):
    found = call(
        "query", sparql="SELECT ?b ?l WHERE { ?b a asc:Barrier ; skos:prefLabel ?l } ORDER BY ?l"
    ).structured_content
    assert found["rows"] == [["r:barrier-dim-lamps", "Dim lamps"], ["r:barrier-no-quiet-carriage", "No quiet carriage"]]
    assert found["complete"]
    assert {source["thing"] for source in found["sources"]} == {"r:barrier-dim-lamps", "r:barrier-no-quiet-carriage"}


def test_a_bare_number_says_that_it_has_no_sources(call):
    found = call("query", sparql="SELECT (COUNT(*) AS ?n) WHERE { ?b a asc:Barrier }").structured_content
    assert (found["rows"], found["sources"]) == ([["2"]], NO_SOURCE)


@pytest.mark.parametrize(
    "text",
    ["SELECT ?x WHERE {", "DELETE WHERE { ?s ?p ?o }", "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"],
)
def test_a_query_that_is_broken_writes_or_goes_elsewhere_is_refused(call, text):
    assert call("query", sparql=text).is_error


def test_a_runaway_query_is_ended(call):
    assert call("query", seconds=1.5, sparql=RUNAWAY).is_error


def test_questions_are_listed_and_asked_with_parameters(call):
    (listed,) = call("list_questions", about="works").structured_content["questions"]
    assert listed["parameters"][0]["name"] == "barrier"
    asked = call("ask_question", name="works-of-barrier", parameters={"barrier": "r:barrier-no-quiet-carriage"})
    assert not asked.is_error, asked.content
    assert len(asked.structured_content["rows"]) == 2


def test_an_unknown_question_is_an_error(call):
    assert call("ask_question", name="nobody-asks").is_error


def test_the_command_makes_the_build_that_it_needs(corpus, tmp_path):
    home = tmp_path / "home"
    assert opened(["--corpus", str(corpus), "--home", str(home)]) is True
    assert (home / "current").is_file()


def test_the_command_serves_a_folder_of_turtle():
    assert opened(["--corpus", str(ROOT / "tests" / "fixture" / "graph_data")]) is True


def test_the_command_serves_over_standard_input_and_output(corpus, graph):
    assert opened(["--corpus", str(corpus), "--home", str(graph.build.path.parents[1])]) is True


def opened(options):
    """Start the command as a client does and ask it for a thing."""
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from asckg.cli import main; main()", "mcp", *options],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sys.path))},
    )

    async def run():
        async with Client(command) as client:
            return await client.call_tool("query", {"sparql": "ASK { r:barrier-dim-lamps a asc:Barrier }"})

    return asyncio.run(run()).structured_content["boolean"]
