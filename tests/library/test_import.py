"""What importing asckg brings along."""

import subprocess
import sys

import pytest

HEAVY = {"rdflib", "scipy", "pyvis", "pandas", "networkx", "numpy", "fastapi", "matplotlib", "rich"}


def loaded(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("statement", ["import asckg", "from asckg import Graph"])
def test_importing_brings_nothing_heavy(statement):
    assert loaded(statement) & HEAVY == set()


def test_importing_the_package_does_not_even_bring_the_store():
    assert "pyoxigraph" not in loaded("import asckg")
