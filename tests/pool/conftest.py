"""A small store on disk, for the workers of these tests."""

import pyoxigraph as ox
import pytest

from asckg.engine.pool import Source


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    path = tmp_path_factory.mktemp("data") / "store"
    store = ox.Store(str(path))
    predicate = ox.NamedNode("http://example.org/p")
    store.bulk_extend(
        ox.Quad(ox.NamedNode(f"http://example.org/s{i % 500}"), predicate, ox.Literal(f"label {i}"))
        for i in range(2000)
    )
    store.flush()
    return Source(path, "v1", 2000)
