"""Tables: the spreadsheet, SQLite, Parquet and SSSOM, read back by the programs that others use."""

import io
import sqlite3
import zipfile

import openpyxl
import pandas as pd
import pytest


def test_the_spreadsheet_has_a_sheet_for_each_kind(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))
    assert {"Barrier", "Enabler", "claims", "works"} <= set(book.sheetnames)
    assert [row[1] for row in book["Barrier"].iter_rows(min_row=2, values_only=True)] == [
        "Dim lamps",
        "No quiet carriage",
    ]


def test_the_spreadsheet_begins_with_what_it_is_and_what_is_in_it(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))
    assert book.sheetnames[:2] == ["About", "claims"]
    rows = list(book["About"].iter_rows(values_only=True))
    assert "not endorsed" in rows[1][0]
    assert ("claims", 11) in [row[:2] for row in rows]
    assert [row[0] for row in rows[5:]] == book.sheetnames[1:]


def test_columns_are_as_wide_as_their_words_and_can_be_filtered(exported):
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))["Barrier"]
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet.column_dimensions["B"].width == len("No quiet carriage") + 2


def test_no_cell_of_the_spreadsheet_is_a_formula(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if str(cell.value).startswith("=Branch")]


def test_pandas_reads_every_sheet(exported):
    frames = pd.read_excel(io.BytesIO(exported("xlsx")), sheet_name=None, engine="calamine")
    assert len(frames["claims"]) == 11


def test_sqlite_joins_claims_to_the_works_they_rest_on(exported, tmp_path):
    path = tmp_path / "graph.sqlite"
    path.write_bytes(exported("sqlite"))
    query = (
        "SELECT works.title FROM claims JOIN evidence_works ON evidence_works.claim = claims.name "
        "JOIN works ON works.name = evidence_works.work WHERE claims.name = 'r:claim-dim'"
    )
    connection = sqlite3.connect(path)
    assert connection.execute(query).fetchall() == [('Noise & "calm" on branch lines',)]
    connection.close()


@pytest.mark.parametrize(("table", "rows"), [("claims", 11), ("works", 3), ("evidence_works", 4), ("issues", 1)])
def test_parquet_comes_back_by_pandas(exported, table, rows):
    with zipfile.ZipFile(io.BytesIO(exported("parquet"))) as archive:
        frame = pd.read_parquet(io.BytesIO(archive.read(f"{table}.parquet")))
    assert len(frame) == rows


def test_an_issue_is_one_row_however_much_it_affects(exported):
    frame = pd.read_excel(io.BytesIO(exported("xlsx")), sheet_name="issues", engine="calamine")
    (row,) = frame.to_dict("records")
    assert row["things"] == "r:claim-dim; r:work-lamp-1998"
    assert row["severity"] == "v:severity-low"


def test_years_are_numbers_in_parquet(exported):
    with zipfile.ZipFile(io.BytesIO(exported("parquet"))) as archive:
        frame = pd.read_parquet(io.BytesIO(archive.read("works.parquet")))
    assert sorted(frame["year"]) == [1996, 1997, 1998]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_sssom_comes_back_with_its_prefixes(trains, exported, tmp_path):
    from sssom.parsers import parse_sssom_table  # noqa: PLC0415 - its import warns

    path = tmp_path / "graph.sssom.tsv"
    path.write_bytes(exported("sssom"))
    mappings = parse_sssom_table(str(path))
    matches = "skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch|skos:relatedMatch"
    wanted = trains.query(f"SELECT ?a ?b WHERE {{ ?a {matches} ?b }}")
    assert len(mappings.df) == len(wanted) > 0
    assert mappings.metadata["mapping_set_version"] == trains.build.version
