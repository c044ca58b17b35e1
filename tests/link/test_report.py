"""The lines of a report: the cells of each row as CSV, and nothing that a spreadsheet would run."""

import csv
import io

import pytest

from asckg.cell import safe
from asckg.link.outcome import Option, Outcome
from asckg.link.record import Record
from asckg.link.suggest import REPORT, Report

TEXTS = ["York", "York, City of", 'the "Trust"', "two\nlines", "=1+1", "@home", " led", "", "É", "_under", "3rd"]
OPTIONS = (
    Option(Record("thing", "University of York, UK"), 0.91234, {"words": 0.9}),
    Option(Record("other", "-York"), 0.5),
)


@pytest.mark.parametrize("key", TEXTS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_line_has_the_cells_of_a_row_made_inert(key, name):
    report = Report()
    row = Record(key, name, line=7)
    items = [Outcome(row, "none", OPTIONS, 0.1, "a, b"), Outcome(row, "review", OPTIONS, 0.1, '"said"')]
    items += [Outcome(row, "review", OPTIONS, 0.2, '"said"'), Outcome(row, "none")]
    first = ["7", safe(key), safe(name)]
    shown = ["thing", "University of York, UK", "0.912"]
    behind = [OPTIONS[0].explain(), safe("-York (0.50)")]
    lines = io.StringIO("".join(map(report.line, items)), newline="")
    assert list(csv.reader(lines)) == [
        [*first, "none", "", "", "", "", "a, b", "", ""],
        [*first, "review", *shown, "0.1", '"said"', *behind],
        [*first, "review", *shown, "0.2", '"said"', *behind],
        [*first, "none", "", "", "", "", "", "", ""],
    ]
    assert len(REPORT) == len(first) + 8
