"""A server on a small graph with two named graphs, as most tests of the service need it."""

from collections.abc import Iterator

import pytest

from service_case import Server, make_home, serving, small_graph


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = make_home(tmp_path_factory.mktemp("small"), small_graph())
    with serving(home, timeout=60.0, cors_origins=["https://site.example"], result=4 << 20) as running:
        yield running
