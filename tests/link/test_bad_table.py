"""Tables that are damaged, mislabelled or made to harm: a clear message with the row, and the rest is read."""

import zipfile
from pathlib import Path

import pytest

from asckg.error import AsckgError
from asckg.link.job import Wanted, opened
from asckg.link.table import open_table


def read(path: Path) -> tuple[list[dict], list[str]]:
    with open_table(path) as table:
        rows = [dict(row.cells) for row in table.rows]
        return rows, [f"{item.line} {item.code}" for item in table.findings]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-16"])
def test_a_short_table_in_a_wide_encoding_is_read_with_and_without_a_mark(tmp_path, encoding):
    path = tmp_path / "t.csv"
    path.write_bytes("id,name\n1,Zürich\n".encode(encoding))
    assert read(path)[0] == [{"id": "1", "name": "Zürich"}]


def test_bytes_that_are_no_text_are_refused_and_not_read_as_names(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"name\n" + bytes(range(256)) * 8)
    with pytest.raises(AsckgError, match=r"t\.csv is not a table of text"):
        read(path)


def test_a_hole_of_two_gigabytes_is_refused_at_once(tmp_path):
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.write(b"name\n")
        file.truncate(2_000_000_000)
    with pytest.raises(AsckgError, match="not a table of text"):
        read(path)


def test_a_line_without_end_is_refused_with_its_line(tmp_path, monkeypatch):
    monkeypatch.setattr("asckg.link.table.delimited._LONGEST_LINE", 1_000)
    monkeypatch.setattr("asckg.link.table.nested._LONGEST_LINE", 1_000)
    (tmp_path / "t.csv").write_text("name\nshort\n" + "x" * 5_000)
    (tmp_path / "t.jsonl").write_text('{"name": "a"}\n{"name": "' + "x" * 5_000)
    with pytest.raises(AsckgError, match=r"t\.csv:3: .*more than 1,000"):
        read(tmp_path / "t.csv")
    with pytest.raises(AsckgError, match=r"t\.jsonl:2: .*more than 1,000"):
        read(tmp_path / "t.jsonl")


def test_old_line_ends_and_blank_lines_before_the_header_are_read(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"\r\rid,name\r1,a\r2,b\r")
    assert [row["name"] for row in read(path)[0]] == ["a", "b"]


def test_a_quote_that_is_never_closed_is_reported_where_it_opens(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('id,name\n1,a\n2,"b\n3,c\n4,d\n')
    assert read(path)[1] == ["3 T006"]


def test_a_quote_that_is_closed_on_a_later_line_is_no_fault(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('id,name\n1,"a\nb"\n2,"c"\n')
    assert read(path)[1] == []


def test_an_unknown_encoding_is_named_with_common_ones(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("name\na\n")
    with pytest.raises(AsckgError, match="no encoding 'utf-99'"), open_table(path, encoding="utf-99"):
        pass


def test_json_that_is_cut_says_after_which_entry(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('[{"name": "a"}, {"name": "b"}, {"na')
    with pytest.raises(AsckgError, match=r"t\.json: after entry 2: not JSON"):
        read(path)


def test_an_entry_that_is_no_object_is_reported_and_the_others_read(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('[{"name": "a"}, 3, {"name": "b"}]')
    rows, findings = read(path)
    assert [row["name"] for row in rows] == ["a", "b"]
    assert findings == ["2 T005"]


def test_an_object_of_objects_is_a_table_with_its_keys(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('{"k1": {"name": "a"}, "k2": {"name": "b"}}')
    assert read(path)[0] == [{"key": "k1", "name": "a"}, {"key": "k2", "name": "b"}]


def test_json_without_any_text_asks_for_the_name_column(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('{"a": {"b": 1}}')
    with pytest.raises(AsckgError, match="no column looks like a name"), opened(Wanted(path)):
        pass


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.ris", b"hello\n", "no RIS reference"),
        ("t.bib", b"@article{x, title={open", "brace that is not closed"),
        ("t.ttl", b"@prefix a: <http://x/> .\n a:b c d .", r"t\.ttl:2"),
        ("t.xlsx", b"PK\x03\x04nonsense", "not a readable workbook"),
        ("t.parquet", b"PAR1xxxxPAR1", "not a readable Parquet file"),
        ("t.csv", b"", "the file is empty"),
        ("t.json", b"3", "no table in JSON"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_with_the_reason(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AsckgError, match=said):
        read(path)


def test_a_workbook_that_swells_is_refused(tmp_path):
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 120_000_000)
    with pytest.raises(AsckgError, match="unpacks to more than"):
        read(path)


def test_references_that_need_the_whole_file_are_limited(tmp_path, monkeypatch):
    monkeypatch.setattr("asckg.link.table.source.FREE", 100)
    path = tmp_path / "t.ris"
    path.write_text("TY  - JOUR\nTI  - A title\nER  - \n" * 20)
    with pytest.raises(AsckgError, match="cut it into parts"):
        read(path)


@pytest.mark.parametrize("text", ["[" * 50_000, '{"a":' * 50_000, '[{"name": "a", "b": ' + "[" * 50_000])
def test_json_of_brackets_in_brackets_is_refused_before_it_takes_all_memory(tmp_path, text):
    (tmp_path / "t.json").write_text(text)
    with pytest.raises(AsckgError, match=r"t\.json has lists or objects in each other too deep"):
        read(tmp_path / "t.json")


def test_a_json_line_of_brackets_in_brackets_is_reported_and_the_rest_is_read(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"name": "a"}\n{"name": ' + "[" * 50_000 + "]" * 50_000 + '}\n{"name": "b"}\n')
    rows, findings = read(path)
    assert [row["name"] for row in rows] == ["a", "b"]
    assert findings == ["2 T005"]


def test_a_name_in_lists_in_lists_is_read(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"name": ' + "[" * 600 + '"Camford"' + "]" * 600 + "}\n")
    with opened(Wanted(path, parts={"label": "name"})) as table:
        assert next(table.records).name == "Camford"


def test_brackets_in_texts_are_not_taken_for_lists(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('[{"name": "' + "[" * 5_000 + '"}, {"name": "b"}]')
    assert [len(row["name"]) for row in read(path)[0]] == [5_000, 1]
