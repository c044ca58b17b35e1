"""The examples in docstrings say what the code does."""

import doctest
import importlib
import pkgutil

import pytest

import asckg

MODULES = [name for _, name, _ in pkgutil.walk_packages(asckg.__path__, "asckg.") if not name.startswith("asckg.cli")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_hold(name, graph, monkeypatch):
    monkeypatch.setenv("ASCKG_HOME", str(graph.build.path.parents[1]))
    module = importlib.import_module(name)
    assert doctest.testmod(module).failed == 0
