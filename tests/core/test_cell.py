"""Cells that a spreadsheet would run."""

import io

import pytest

from asckg.cell import safe, write_csv

RISKY = ["=1", "+1", "-1", "@a", " =1", "\t=1", "\ta", "\r=1", "\ra", "\u00a0=1"]


@pytest.mark.parametrize("text", RISKY)
def test_a_formula_is_made_inert(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["", "a=1", "é", "(1)", -2, -0.5, None, True])
def test_all_else_stays(value: object) -> None:
    assert safe(value) is value


def test_a_table_has_no_formula_in_any_cell() -> None:
    file = io.StringIO()
    assert write_csv(file, ["a", "b"], [[text, -1] for text in RISKY]) == len(RISKY)
    assert file.getvalue().count("'") == len(RISKY)
    assert file.getvalue().count(",-1\n") == len(RISKY)
