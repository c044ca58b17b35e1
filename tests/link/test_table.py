"""Reading tables that people have: encodings, separators, packed files, damage."""

import gzip
import zipfile
from pathlib import Path

import pytest

from asckg.error import AsckgError
from asckg.link.table import open_table


def read(path: Path, form: str = "") -> tuple[list[dict], list[str]]:
    with open_table(path, form) as table:
        rows = [dict(row.cells) for row in table.rows]
        return rows, [f"{item.line} {item.code}" for item in table.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_any_unicode_encoding_is_read(tmp_path, encoding):
    path = tmp_path / "t.csv"
    names = "".join(f"{number},Zürich\r\n" for number in range(60))
    path.write_bytes(f"id,name\r\n{names}".encode(encoding))
    rows, _ = read(path)
    assert rows[1] == {"id": "1", "name": "Zürich"}


def test_windows_1252_is_read_and_said(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("id;name\n1;Zürich\n".encode("cp1252"))
    assert read(path) == ([{"id": "1", "name": "Zürich"}], ["1 T002"])


def test_ragged_rows_are_kept_and_reported_with_their_line(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,name\n1\n2,b,c\n3,d\n")
    rows, findings = read(path)
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert findings == ["2 T003", "3 T003"]


def test_a_column_that_stands_twice_keeps_both_values(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("name,name\na,b\n")
    assert read(path) == ([{"name": "a", "name (2)": "b"}], ["1 T001"])


def test_a_line_break_inside_a_cell_does_not_shift_the_lines(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('name,city\n"a\nb",c\nd\n')
    rows, findings = read(path)
    assert rows[0] == {"name": "a\nb", "city": "c"}
    assert findings == ["4 T003"]


def test_packed_files_are_unpacked(tmp_path):
    text = b"id\tname\n1\ta\n"
    (tmp_path / "t.tsv.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("t.tsv", text)
    assert read(tmp_path / "t.tsv.gz") == read(tmp_path / "t.zip") == ([{"id": "1", "name": "a"}], [])


def test_a_zip_bomb_is_refused(tmp_path):
    path = tmp_path / "t.csv.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"name\n")
        for _ in range(80):
            file.write(b"\n" * 1_000_000)
    with pytest.raises(AsckgError, match="unpacks to more than"):
        read(path)


def test_a_cut_gzip_file_is_said_to_be_damaged(tmp_path):
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(b"name\n" + b"abcdefgh\n" * 5000)[:-20])
    with pytest.raises(AsckgError, match="damaged"):
        read(path)


def test_an_archive_of_two_files_asks_which_is_meant(tmp_path):
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    with pytest.raises(AsckgError, match=r"2 files \(a.csv, b.csv\)"):
        read(path)


@pytest.mark.parametrize(
    "text",
    ['[{"name": "a"}]', '{"meta": {"n": 1}, "results": [{"name": "a"}]}', '{"name": "a"}', '\ufeff[{"name":"a"}]'],
)
def test_json_of_every_usual_shape_is_read(tmp_path, text):
    path = tmp_path / "t.json"
    path.write_text(text, encoding="utf-8")
    assert read(path)[0] == [{"name": "a"}]


def test_a_sparql_result_gives_its_values(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('{"head": {}, "results": {"bindings": [{"item": {"type": "uri", "value": "http://x/Q1"}}]}}')
    assert read(path)[0] == [{"item": "http://x/Q1"}]


@pytest.mark.parametrize("text", ["[1, 2]", "[]", '[{"name": "a"', '"a"'])
def test_json_of_the_wrong_shape_is_refused_with_the_file(tmp_path, text):
    path = tmp_path / "t.json"
    path.write_text(text)
    with pytest.raises(AsckgError, match=r"t\.json"):
        read(path)


def test_a_broken_line_of_json_lines_is_reported_and_the_rest_read(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"name": "a"}\n{"name": \n[1]\n{"name": "b"}\n')
    rows, findings = read(path)
    assert [row["name"] for row in rows] == ["a", "b"]
    assert findings == ["2 T005", "3 T005"]


def test_a_workbook_gives_values_and_not_formulas(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="the link extra is not installed")
    book = openpyxl.Workbook()
    for row in (["id", "name"], [10000291, "a"], [2, "=1+1"]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    rows, _ = read(tmp_path / "t.xlsx")
    assert rows[0] == {"id": "10000291", "name": "a"}
    assert "=" not in rows[1].get("name", "")


def test_ris_bibtex_and_rdf_give_the_columns_of_their_kind(tmp_path):
    (tmp_path / "t.ris").write_text("TY  - JOUR\nTI  - A title\nAU  - Guard, A.\nPY  - 1997\nDO  - 10.1/x\nER  - \n")
    (tmp_path / "t.bib").write_text("@article{k, title={A {T}itle}, author={Guard, A. and Two, B.}, year={1997}}")
    (tmp_path / "t.ttl").write_text('<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "A"@en .')
    assert read(tmp_path / "t.ris")[0][0]["doi"] == "10.1/x"
    assert read(tmp_path / "t.bib")[0][0]["authors"] == ["Guard, A.", "Two, B."]
    assert read(tmp_path / "t.ttl")[0] == [{"id": "urn:a", "prefLabel": ["A"]}]


BOOK = (
    ("Cover", [["Partners of the council"], [], ["Prepared in March"]]),
    ("Partners", [["Table 1: partners", "2024"], [], ["Region", "Name", "Post", "Agreed"],
                  ["East", "Camford County Council", "CA1", "2021"], [None, "University of Camford", "CA2", "2022"],
                  [None, None, None, None], ["West", "Oxbridge Council", "OX1", ""]]),
)  # fmt: skip


@pytest.fixture
def book(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="the link extra is not installed")
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in BOOK:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made["Partners"].merge_cells("A4:A5")
    made.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_a_workbook_with_a_cover_a_title_and_merged_cells_is_read_as_its_table(book):
    rows, findings = read(book)
    assert [(row["Region"], row["Name"]) for row in rows] == [
        ("East", "Camford County Council"), ("East", "University of Camford"), ("West", "Oxbridge Council"),
    ]  # fmt: skip
    assert findings == ["1 T008", "3 T007"]
    with open_table(book) as table:
        assert [row.line for row in table.rows] == [4, 5, 7]


@pytest.mark.parametrize("packing", ["gz", "zip", "none"])
def test_a_workbook_is_read_from_an_archive_and_without_its_suffix(book, tmp_path, packing):
    path = tmp_path / f"packed.{packing}"
    if packing == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(book, "book.xlsx")
    else:
        path = tmp_path / ("book.xlsx.gz" if packing == "gz" else "download")
        path.write_bytes(gzip.compress(book.read_bytes()) if packing == "gz" else book.read_bytes())
    assert len(read(path)[0]) == 3


def test_a_parquet_file_is_read_from_an_archive(tmp_path):
    pa = pytest.importorskip("pyarrow", reason="the link extra is not installed")
    parquet = pytest.importorskip("pyarrow.parquet", reason="the link extra is not installed")
    parquet.write_table(pa.table({"name": ["a"]}), tmp_path / "t.parquet")
    (tmp_path / "t.parquet.gz").write_bytes(gzip.compress((tmp_path / "t.parquet").read_bytes()))
    assert read(tmp_path / "t.parquet.gz")[0] == [{"name": "a"}]


def test_a_file_of_an_archive_is_chosen_by_the_end_of_its_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("v1-data.csv", "name\na\n")
        archive.writestr("v2-data.json", '[{"name": "b"}]')
    with open_table(tmp_path / "t.zip", member="data.json") as table:
        assert [row.cells for row in table.rows] == [{"name": "b"}]
    with pytest.raises(AsckgError, match="say with --member"):
        read(tmp_path / "t.zip")


def test_titles_above_the_columns_of_a_delimited_text_are_left_out_and_said(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Councils, by region, 2024\n\nname;region\nKent;South East\nLeeds;Yorkshire\n")
    rows, findings = read(path)
    assert rows == [{"name": "Kent", "region": "South East"}, {"name": "Leeds", "region": "Yorkshire"}]
    assert findings == ["3 T007"]


def test_a_comma_in_a_list_of_one_column_belongs_to_the_name(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("name\nLeeds, City of\nKent\n")
    assert read(path) == ([{"name": "Leeds, City of"}, {"name": "Kent"}], [])


def test_a_text_under_the_name_of_a_workbook_is_read_and_a_web_page_is_refused(tmp_path):
    (tmp_path / "t.xls").write_text("name\ttown\nA\tB\n")
    (tmp_path / "page.xls").write_text("<html><table><tr><td>name</td></tr></table></html>")
    assert read(tmp_path / "t.xls")[0] == [{"name": "A", "town": "B"}]
    with pytest.raises(AsckgError, match="a web page under the name of a workbook"):
        read(tmp_path / "page.xls")


def test_the_list_of_an_object_is_found_under_any_name(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('{"made": "2024", "councils": [{"name": "a"}, {"name": "b"}], "notes": [{"text": "x"}]}')
    assert [row["name"] for row in read(path)[0]] == ["a", "b"]


def test_references_that_are_not_utf_8_are_read_and_said(tmp_path):
    path = tmp_path / "t.ris"
    path.write_bytes("TY  - JOUR\r\nTI  - Na\u00efve\r\nER  - \r\n".encode("cp1252"))
    rows, findings = read(path)
    assert (rows[0]["title"], findings) == ("Na\u00efve", ["1 T002"])


def test_a_reference_without_its_last_line_is_read_and_said(tmp_path):
    path = tmp_path / "t.ris"
    path.write_text("TY  - JOUR\nTI  - A\n\nTY  - JOUR\nTI  - B\nDA  - 2004/05\nER  - \nTY  - RPRT\nTI  - C\n")
    rows, findings = read(path)
    assert [row["title"] for row in rows] == ["A", "B", "C"]
    assert rows[1]["year"] == "2004"
    assert findings == ["1 T009", "8 T009"]


def test_entries_lost_to_an_open_brace_are_named_and_tex_is_taken_off(tmp_path):
    path = tmp_path / "t.bib"
    path.write_text(
        "@string{x = {y}}\n@book{lost, title = {Open {brace}, year = 2001\n}\n"
        '@book{kept, title = {Na{\\"\\i}ve \\textit{care}}, year = 2010}\n'
    )
    rows, findings = read(path)
    assert [row["title"] for row in rows] == ["Na\u00efve care"]
    assert findings == ["2 T009"]


@pytest.mark.parametrize("name", ["graph", "graph.json", "graph.txt"])
def test_rdf_is_known_without_its_suffix(tmp_path, name):
    text = '<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "A" .'
    if name.endswith("json"):
        text = '{"@id": "urn:a", "http://www.w3.org/2004/02/skos/core#prefLabel": "A"}'
    (tmp_path / name).write_text(text)
    assert read(tmp_path / name)[0] == [{"id": "urn:a", "prefLabel": ["A"]}]
