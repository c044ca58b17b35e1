import os
import signal
import socket
import subprocess
import sys

import pytest

ASCKG = [sys.executable, "-c", "from asckg.cli import main; main()"]


def run(*arguments, **more):
    return subprocess.run([*ASCKG, *map(str, arguments)], capture_output=True, text=True, check=False, **more)


@pytest.fixture
def places(corpus, tmp_path):
    return ["--corpus", corpus, "--home", tmp_path / "home"]


def test_query_prints_data_to_stdout_as_csv(places):
    done = run("query", *places, "SELECT ?label { ?b a asc:Barrier ; skos:prefLabel ?label }")
    assert (done.returncode, done.stdout.splitlines()) == (0, ["label", "no quiet carriage"])


def test_a_word_that_is_no_question_is_said_to_be_none(places):
    done = run("query", *places, "nosuch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no question 'nosuch'" in done.stderr


def test_query_answers_a_named_question_with_a_parameter(places):
    done = run("query", *places, "barriers", "-p", "activity=r:activity-reading-on-trains", "-f", "json")
    assert '"no quiet carriage"' in done.stdout


def test_query_reads_standard_input(places):
    assert run("query", *places, "-", input="ASK { ?b a asc:Barrier }", env=os.environ).stdout.strip() == "true"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "SELECT ?s { ?s a 1 } LIMIT x"], "line 1, column 28"),
        (["query", "nothing.rq"], "there is no file nothing.rq"),
        (["query", "barriers", "-p", "activity"], "NAME=VALUE"),
        (["serve", "--source", "x"], "NAME=FILE"),
    ],
)
def test_misuse_exits_2_with_one_line_on_stderr(places, arguments, message):
    done = run(arguments[0], *places, *arguments[1:])
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_port_in_use_is_named_with_the_way_out(places):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", *places, "--port", taken.getsockname()[1])
    assert done.returncode == 2
    assert "choose --port" in done.stderr


def test_importing_asckg_loads_no_store_and_no_rdflib():
    script = "import asckg, sys; print(sorted({'rdflib', 'pyoxigraph', 'scipy', 'pyvis'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("verb", ["serve", "build", "query", "info"])
def test_each_verb_has_help_with_an_example(verb):
    assert "Example: asckg" in run(verb, "--help").stdout


def test_info_names_the_external_tables_and_how_large_they_are(corpus, places):
    (corpus / "graph_data/links/external").mkdir(parents=True)
    (corpus / "graph_data/links/external/rows.nt").write_text("<x:a> <x:b> <x:c> .\n<x:a> <x:b> <x:d> .\n")
    done = run("info", *places)
    assert done.returncode == 0, done.stderr
    assert "      2  triples of the table rows\n" in done.stdout
    assert "1 question: barriers\n" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
def test_a_reader_that_leaves_ends_the_program_as_it_ends_cat(places):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*ASCKG, "info", *map(str, places)], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, "")
