"""The quads of a store as one file beside it: as much as the store has, and never less."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from asckg.engine.packed import in_memory, pack
from asckg.graph import Graph

SUBJECT, PREDICATE = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
QUADS = {Quad(SUBJECT, PREDICATE, Literal(str(n)), NamedNode("http://example.org/g")) for n in range(500)}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return the folder of a store with its packed file beside it."""
    place = tmp_path / "store"
    store = Store(str(place))
    store.bulk_extend(QUADS)
    store.flush()
    plain = tmp_path / "plain.nq"
    store.dump(plain, RdfFormat.N_QUADS)
    pack(plain, place)
    return place


def test_a_build_in_memory_holds_what_its_store_holds(graph: Graph) -> None:
    stored = Store.read_only(str(graph.build.store_path))
    held = in_memory(graph.build.store_path)
    assert len(held) == len(stored)
    assert set(held) == set(stored)


def test_the_packed_file_is_read_instead_of_the_store(place: Path) -> None:
    place.rename(place.with_name("elsewhere"))
    assert set(in_memory(place)) == QUADS


@pytest.mark.parametrize("left", [None, 0, 1, 40, -9, -1])
def test_the_store_is_read_where_the_packed_file_is_missing_or_cut_short(place: Path, left: int | None) -> None:
    packed = place.with_name("store.nq.gz")
    if left is None:
        packed.unlink()
    else:
        packed.write_bytes(packed.read_bytes()[:left])
    assert set(in_memory(place)) == QUADS
