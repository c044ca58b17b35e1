"""Fixtures that every area shares: the shipped graph, a small invented corpus, the source document when it is there."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from asckg.graph import Graph

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
RAILWAY = Path(__file__).resolve().parent / "railway"

# A busy machine is no fault of an example, and the same examples in every run are none of a change's either.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
# For looking further: pytest --hypothesis-profile=searching
settings.register_profile("searching", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared is not there: it holds the source document and public test files")
    return SHARED


@pytest.fixture(scope="session")
def document(shared: Path) -> Path:
    return shared / "sources" / "kendrick-2023.txt"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def graph(home: Path) -> Graph:
    """Return the shipped graph, built once for each test process."""
    return Graph.open(home=home)


@pytest.fixture(scope="module")
def bare_corpus(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus of a few invented files without questions; tests may add builds to it and change nothing."""
    made = tmp_path_factory.mktemp("corpus")
    shutil.copytree(root / "tests" / "fixture" / "graph_data", made / "graph_data")
    shutil.copytree(root / "ontology", made / "ontology")
    (made / "queries").mkdir()
    return made


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a copy, free to be spoilt, of the small invented corpus about reading on trains."""
    target = tmp_path / "corpus"
    shutil.copytree(RAILWAY, target)
    return target
