"""Which updates are proved harmless to the corpus without a look at it, and that none of them is not."""

import pyoxigraph as ox
import pytest

from asckg.engine.pool.protection import LONGEST, ProtectedError, Protection
from asckg.namespace import PREFIXES

CORPUS, MINE, DELETED = "http://x.example/corpus", "http://x.example/mine", "http://x.example/deleted"
A = "<http://a.example/a> <http://a.example/p>"
INSERT = f"INSERT DATA {{ GRAPH <{MINE}> {{ {A} 1 }} }}"

SPARED = [
    INSERT,
    f"INSERTDATA{{GRAPH<{MINE}>{{{A} 1}}}}",
    f"PREFIX x: <http://x.example/> INSERT DATA {{ GRAPH x:mine {{ {A} 'where to add, copy, move or delete data' }} }}",
    f"DELETE DATA {{ GRAPH <{MINE}> {{ {A} 1 }} }} ; {INSERT}",
    f"CLEAR GRAPH <{MINE}>",
    f"DROP GRAPH <{MINE}>",
    "CREATE GRAPH <http://x.example/new>",
    f"INSERT DATA {{ GRAPH <{MINE}> {{ r:org-a skos:prefLabel 'A' }} }}",
]
HARMFUL = [
    f"INSERT DATA {{ {A} 2 }}",
    f"INSERT DATA {{ GRAPH <{CORPUS}> {{ {A} 2 }} }}",
    f"PREFIX x: <http://x.example/cor> INSERT DATA {{ GRAPH x:pus {{ {A} 2 }} }}",
    f"BASE <http://x.example/> INSERT DATA {{ GRAPH <corpus> {{ {A} 2 }} }}",
    f"INSERT DATA {{ GRAPH <http://x.example/c\\u006Frpus> {{ {A} 2 }} }}",
    f"DELETE DATA {{ {A} 1 }}",
    f"DELETE DATA {{ GRAPH <{CORPUS}> {{ {A} 1 }} }}",
    f"DELETE#comment\nDATA {{ GRAPH <{CORPUS}> {{ {A} 1 }} }}",
    f"DELETEDATA {{ GRAPH <{CORPUS}> {{ {A} 1 }} }}",
    f"DELETE DATA {{ GRAPH <{DELETED}> {{ {A} 1 }} }}",
    (
        "PREFIX delete: <http://x.example/corpus> PREFIX insert: <http://x.example/mine> "
        f"DELETE DATA {{ GRAPH delete: {{ {A} 1 }} }}"
    ),
    (
        "PREFIX Delete: <http://x.example/mine> PREFIX delete: <http://x.example/corpus> "
        f"DELETE DATA {{ GRAPH delete: {{ {A} 1 }} }}"
    ),
    "DELETE WHERE { ?s ?p ?o }",
    "DELETEWHERE { ?s ?p ?o }",
    f"DELETE WHERE {{ GRAPH <{CORPUS}> {{ ?s ?p ?o }} }}",
    f"INSERT {{ GRAPH ?g {{ {A} 2 }} }} WHERE {{ GRAPH ?g {{ ?s ?p 1 }} }}",
    f"WITH <{CORPUS}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    "CLEAR ALL",
    "CLEARALL",
    "DROP NAMED",
    "CLEAR DEFAULT",
    f"DROP SILENT GRAPH <{CORPUS}>",
    f"ADD <{MINE}> TO <{CORPUS}>",
    f"ADD<{MINE}>TODEFAULT",
    f"COPY <{MINE}> TO <{CORPUS}>",
    f"MOVE <{CORPUS}> TO <{MINE}>",
    f"{INSERT} ; CLEAR GRAPH <{CORPUS}> ; {INSERT}",
]


def filled() -> ox.Store:
    """Return a store with the same triple in the corpus's graphs, and another in the user's."""
    store = ox.Store()
    node, predicate = ox.NamedNode("http://a.example/a"), ox.NamedNode("http://a.example/p")
    one = ox.Literal("1", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
    for graph in (ox.DefaultGraph(), ox.NamedNode(CORPUS), ox.NamedNode(DELETED)):
        store.add(ox.Quad(node, predicate, one, graph))
    return store


@pytest.fixture
def store() -> ox.Store:
    return filled()


@pytest.fixture
def protection(store: ox.Store) -> Protection:
    made = Protection.of(store)
    node, predicate = ox.NamedNode("http://a.example/b"), ox.NamedNode("http://a.example/p")
    store.add(ox.Quad(node, predicate, ox.Literal("mine"), ox.NamedNode(MINE)))
    return made


@pytest.mark.parametrize("text", SPARED)
def test_updates_with_data_only_are_proved_harmless(protection: Protection, store: ox.Store, text: str) -> None:
    assert protection.names == {"", CORPUS, DELETED}
    assert protection.spared_by(text, None, [MINE])
    protection.update(store, text, None)


@pytest.mark.parametrize("text", HARMFUL)
def test_no_update_that_changes_the_corpus_is_proved_harmless(
    protection: Protection, store: ox.Store, text: str
) -> None:
    assert not protection.spared_by(text, None, [MINE])
    with pytest.raises(ProtectedError):
        protection.update(store, text, None)


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}",
        f"COPY <{CORPUS}> TO <{MINE}>",
        f"INSERT DATA {{ GRAPH <{CORPUS}> {{ {A} 1 }} }}",
        INSERT + " # " + "x" * LONGEST,
    ],
)
def test_what_cannot_be_proved_is_compared_and_may_still_be_allowed(
    protection: Protection, store: ox.Store, text: str
) -> None:
    assert not protection.spared_by(text, None, [MINE])
    protection.update(store, text, None)
    protection.update(store, text, None)


def test_an_update_that_was_compared_does_not_hide_a_later_harm(protection: Protection, store: ox.Store) -> None:
    protection.update(store, f"INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}", None)
    with pytest.raises(ProtectedError, match="the default graph"):
        protection.update(store, "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", None)
