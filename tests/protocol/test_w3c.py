"""The W3C's suites for the SPARQL 1.1 protocols, over HTTP. They need ../shared/w3c."""

from pathlib import Path

import pytest

from service_case import LEAVE, Server
from w3c_case import DESCRIPTION_TESTS, SUITES, Case, check_description, read_manifest, run_fresh

W3C = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql" / "sparql11"
needs_suites = pytest.mark.skipif(not W3C.is_dir(), reason="../shared/w3c is not there: it holds the W3C's tests")
CASES = [case for path in SUITES.values() for case in read_manifest(W3C / path)] if W3C.is_dir() else []


@needs_suites
def test_the_suites_are_whole() -> None:
    assert len(CASES) == 34 + 4 + 9


@needs_suites
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_w3c(case: Case, empty: Server) -> None:
    run_fresh(case, empty.client, LEAVE)


@pytest.mark.parametrize("name", DESCRIPTION_TESTS)
def test_the_service_describes_itself(name: str, empty: Server) -> None:
    check_description(name, empty.url, empty.client)
