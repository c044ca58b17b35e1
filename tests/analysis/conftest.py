"""The invented graph about reading on trains, opened once."""

from pathlib import Path

import pytest

from asckg.graph import Graph


@pytest.fixture(scope="session")
def trains() -> Graph:
    return Graph.open(Path(__file__).parent.parent / "fixture" / "graph_data")
