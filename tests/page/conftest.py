"""A client on the shipped graph, and one on a small graph whose labels are planted with HTML."""

import pytest
from fastapi.testclient import TestClient

from asckg_api.app import create_app
from asckg_api.settings import Settings


@pytest.fixture(scope="session")
def app(home):
    return create_app(Settings(home=home))


@pytest.fixture(scope="session")
def client(app):
    with TestClient(app, headers={"accept": "text/html"}) as client:
        yield client
