import gzip

import pytest
import rdflib

from asckg.build.load import in_default
from asckg.corpus import Corpus
from asckg.question import load_all
from query.answer import EXPECTED, by_oxigraph, by_rdflib, comparable, read_expected

NAMES = sorted(load_all(Corpus.open().queries))


@pytest.fixture(scope="session")
def dataset(graph):
    """Return the build's dump in rdflib, with the default graph as the build writes it."""
    store = rdflib.Dataset(default_union=False)
    store.parse(data=gzip.decompress((graph.build.path / "dump.nq.gz").read_bytes()), format="nquads")
    default = store.default_graph
    for subject, predicate, value, name in list(store.quads()):
        if name is not None and in_default(str(name)):
            default.add((subject, predicate, value))
    return store


@pytest.mark.parametrize("name", NAMES)
def test_question_gives_its_expected_rows(graph, name):
    assert comparable(by_oxigraph(graph, graph.questions[name])) == comparable(read_expected(name))


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows(graph, dataset, name):
    question = graph.questions[name]
    assert comparable(by_rdflib(dataset, question)) == comparable(by_oxigraph(graph, question))


def test_no_expected_rows_are_left_of_a_question_that_is_gone():
    assert sorted(path.stem for path in EXPECTED.glob("*.tsv")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_header_labels_every_column_and_says_who_asks(graph, name):
    question = graph.questions[name]
    columns = by_oxigraph(graph, question)[0]
    assert set(question.columns) == set(columns)
    assert question.audience
    assert question.topic != "general"
