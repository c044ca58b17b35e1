"""The invented graph about reading on trains, opened once, and its exports."""

from datetime import date
from pathlib import Path

import pytest

from asckg.export import Order, export
from asckg.graph import Graph

FIXTURE = Path(__file__).parent.parent / "fixture" / "graph_data"


@pytest.fixture(scope="session")
def trains() -> Graph:
    return Graph.open(FIXTURE)


@pytest.fixture(scope="session")
def exported(trains):
    def make(form, network="claims"):
        return export(form, Order(trains.engine, trains.build.version, network, date(2026, 1, 2)))

    return make
