"""A server that may write, without a corpus, for the suites of the W3C."""

from collections.abc import Iterator

import pytest

from service_case import TOKEN, Server, make_home, serving


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = make_home(tmp_path_factory.mktemp("empty"))
    with serving(home, writable=True, token=TOKEN, timeout=20) as server:
        yield server
