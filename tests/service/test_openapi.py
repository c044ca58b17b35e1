"""The service's part of the OpenAPI is true: generated requests never make the server fail."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from service_case import LEAVE, TOKEN, Server, make_home, serving, small_graph


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = make_home(tmp_path_factory.mktemp("api"), small_graph())
    with serving(home, writable=True, token=TOKEN, timeout=1.0) as server:
        yield server


@pytest.fixture(scope="module")
def described(writable: Server) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{writable.url}/openapi.json")


def test_generated_requests_never_make_the_server_fail(described: schemathesis.BaseSchema) -> None:
    operations = [one.ok() for one in described.get_all_operations()]
    assert len(operations) >= 10
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def send(case: schemathesis.Case) -> None:
            status = case.call(headers=LEAVE, timeout=60).status_code
            assert status < 500 or status in (503, 504)  # a generated query may well run out of time

        send()


def test_every_path_of_the_service_is_described(writable: Server) -> None:
    paths = writable.client.get("/openapi.json").json()["paths"]
    assert {"/sparql", "/update", "/graphs", "/.well-known/void", "/health/ready", "/metrics"} <= set(paths)
