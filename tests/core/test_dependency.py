"""What the program imports is there after a plain install."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

# Imported by one module each, which says what to install where they are missing.
EXTRA = {"pyarrow", "pandas", "polars", "openpyxl", "rocrate", "mcp", "mcp_types", "nbformat"}
OWN = {"asckg", "asckg_api"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("folder", ["src/asckg", "api/asckg_api"])
def test_every_import_is_locked_for_a_plain_install(root, folder):
    locked = set(re.findall(r"(?m)^([a-z0-9.-]+)==", (root / "requirements" / "run.txt").read_text("ascii")))
    owners = packages_distributions()
    missing = {
        f"{path.relative_to(root)}: {name}"
        for path in (root / folder).rglob("*.py")
        for name in set(imported(path)) - sys.stdlib_module_names - EXTRA - OWN
        if locked.isdisjoint(one.lower().replace("_", "-") for one in owners.get(name, ()))
    }
    assert missing == set()
