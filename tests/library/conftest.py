"""The invented graph about reading on trains, opened once."""

from pathlib import Path

import pytest

from asckg.graph import Graph

FIXTURE = Path(__file__).parent.parent / "fixture" / "graph_data"


@pytest.fixture(scope="session")
def trains() -> Graph:
    return Graph.open(FIXTURE)
