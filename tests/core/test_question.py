from pathlib import Path

import pytest

from asckg import AsckgError
from asckg.graph import Graph
from asckg.question import ask, parse


@pytest.fixture
def railway(corpus, tmp_path):
    return Graph.open(corpus=corpus, home=tmp_path / "home")


def test_question_takes_its_default_parameters(railway):
    rows = ask(railway.engine, railway.questions["barriers"])
    assert [row["label"] for row in rows.dicts()] == ["no quiet carriage"]


def test_parameter_is_bound_not_pasted(railway):
    rows = ask(railway.engine, railway.questions["barriers"], {"activity": "r:activity-sleeping"})
    assert len(rows) == 0
    with pytest.raises(AsckgError, match="takes an IRI"):
        ask(railway.engine, railway.questions["barriers"], {"activity": "r:a> } DROP ALL #"})


def test_unknown_parameter_is_named(railway):
    with pytest.raises(AsckgError, match="no parameter \\['colour'\\]"):
        ask(railway.engine, railway.questions["barriers"], {"colour": "red"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "no header"),
        ("#+ title: A\nSELECT", "no description"),
        ("#+ title: [A\nSELECT", "not YAML"),
        ("#+ title: A\n#+ description: B\n#+ colour: red\n", "unknown header keys"),
        ("#+ title: A\n#+ description: B\n#+ audience: [child]\n", "unknown audience"),
        ("#+ title: A\n#+ asked: 'Of {x}?'\n#+ description: B\n", "no parameter is called"),
        ("#+ title: A\n#+ description: B\n#+ parameters: [{name: x, type: date}]\n", "name and a type"),
    ],
)
def test_bad_header_is_named_with_its_file(content, message):
    with pytest.raises(AsckgError, match=message) as caught:
        parse(content, Path("queries/questions/a.rq"))
    assert str(caught.value).startswith("queries/questions/a.rq:")
