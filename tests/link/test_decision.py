"""Decisions: kept, honoured, checked with their line, valid SSSOM."""

import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from asckg.corpus import Corpus
from asckg.link.decision import Decision, dump, merge, read
from asckg.link.integrity import findings
from asckg.link.mapping import ColumnMap
from asckg.link.outcome import Option, Outcome
from asckg.link.publish import accepted_triples, suggested_triples
from asckg.link.record import Record
from asckg.link.suggest import decisions_of, object_id
from asckg.whole import write

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LINKS = Corpus.open().data / "links"


def decision(subject: str = "org-a", target: str = "ror:04xs57h96", **other: str) -> Decision:
    return Decision(f"r:{subject}", "A", "skos:exactMatch", "", target, "A Ltd", **other)


def accepted(**other: str) -> Decision:
    return decision(**other).decided("accepted", "R", "2026-01-01", "same place")


def test_a_file_reads_back_as_it_was_written(tmp_path):
    path = tmp_path / "a.sssom.tsv"
    write(path, dump([accepted(), decision("org-b")], "a", "A", LICENCE))
    rows, wrong = read(path)
    assert wrong == []
    assert [item.state for _, item in rows] == ["accepted", "suggested"]
    assert dump([item for _, item in rows], "a", "A", LICENCE) == path.read_text()


def test_a_new_run_leaves_decisions_and_replaces_suggestions():
    kept, counts = merge([accepted(), decision("org-b")], [decision(), decision("org-c")])
    assert {(item.subject_id, item.state) for item in kept} == {("r:org-a", "accepted"), ("r:org-c", "suggested")}
    assert counts == {"new": 1, "changed": 0, "same": 0, "decided": 1, "gone": 1}


def test_the_same_run_twice_changes_nothing():
    first, _ = merge([], [decision()])
    again, counts = merge(first, [decision()])
    assert again == first
    assert counts["same"] == 1


def test_a_rejected_link_is_a_row_with_not_and_gives_no_triple(tmp_path):
    row = decision().decided("rejected", "R", "2026-01-01")
    write(tmp_path / "a.sssom.tsv", dump([row], "a", "A", LICENCE))
    assert row.predicate_modifier == "Not"
    assert list(accepted_triples(tmp_path)) == list(suggested_triples(tmp_path)) == []


def test_an_accepted_link_gives_match_identifier_and_its_row(tmp_path):
    write(tmp_path / "a.sssom.tsv", dump([accepted()], "a", "A", LICENCE))
    said = {(p.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1], o.value) for _, p, o in accepted_triples(tmp_path)}
    assert {("exactMatch", "https://ror.org/04xs57h96"), ("identifier", "https://ror.org/04xs57h96")} <= said
    assert ("comment", "same place") in said


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (accepted(target="nowhere:1"), "L004"),
        (accepted(target="ror:04xs57h97"), "L005"),
        (accepted(target="wikidata:q42"), "L005"),
        (decision(other="status=perhaps"), "L008"),
        (decision(other="status=accepted"), "L009"),
        (decision(similarity_score="7"), "L010"),
        (accepted(subject="org-gone"), "L011"),
        (decision().decided("accepted", "R", "last week"), "L009"),
        (accepted(target="orcid:0000-0002-1825-0097"), "L017"),
    ],
)
def test_a_row_edited_into_nonsense_is_found_with_its_line(tmp_path, row, code):
    path = tmp_path / "a.sssom.tsv"
    write(path, dump([row], "a", "A", LICENCE))
    last = len(path.read_text().splitlines())
    assert [(item.code, item.line) for item in findings(path, {"https://w3id.org/asckg/id/org-a"})] == [(code, last)]


def test_contradictions_between_rows_are_found(tmp_path):
    path = tmp_path / "a.sssom.tsv"
    write(path, dump([accepted(), accepted(target="ror:0220mzb33"), accepted(subject="org-b")], "a", "A", LICENCE))
    assert sorted(item.code for item in findings(path)) == ["L014", "L015"]


def test_contradictions_between_files_are_found(tmp_path):
    write(tmp_path / "a.sssom.tsv", dump([accepted()], "a", "A", LICENCE))
    rejected = decision().decided("rejected", "R", "2026-01-01")
    write(tmp_path / "b.sssom.tsv", dump([rejected, accepted(target="ror:0220mzb33")], "b", "B", LICENCE))
    found = findings(tmp_path)
    assert {(Path(item.path).name, item.code) for item in found} == {("b.sssom.tsv", "L012"), ("b.sssom.tsv", "L014")}


def test_a_prefix_with_another_meaning_is_found(tmp_path):
    path = tmp_path / "a.sssom.tsv"
    path.write_text(dump([accepted()], "a", "A", LICENCE).replace("https://ror.org/", "https://example.org/"))
    assert [(item.code, path.read_text().splitlines()[item.line - 1]) for item in findings(path)] == [
        ("L018", "#   ror: https://example.org/")
    ]


def test_damage_to_the_file_is_found(tmp_path):
    path = tmp_path / "a.sssom.tsv"
    text = dump([accepted(), accepted(subject="org-b", target="ror:0220mzb33")], "a", "A", LICENCE)
    lines = text.splitlines()
    path.write_text("\n".join([*lines[:-2], lines[-1], lines[-2], lines[-1], "r:org-c\tC"]))
    assert {item.code for item in findings(path)} >= {"L003", "L012", "L013"}
    path.write_text("subject_id\tobject_id\n")
    assert [item.code for item in findings(path)] == ["L002"]
    path.write_bytes(b"\xff\xfe\xff")
    assert [item.code for item in findings(path)] == ["L001"]


@pytest.mark.parametrize("path", sorted(LINKS.glob("*.sssom.tsv")), ids=lambda path: path.stem)
def test_the_shipped_links_are_valid_sssom_and_in_the_form_that_is_written(path: Path):
    pytest.importorskip("sssom", reason="the link extra is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sssom.parsers import parse_sssom_table  # noqa: PLC0415 - importing it warns
        from sssom.validators import validate  # noqa: PLC0415 - as above

        reports = validate(parse_sssom_table(str(path)))
    assert [message for report in reports.values() for message in report.results] == []
    rows, _ = read(path)
    title = next(line for line in path.read_text().splitlines() if "mapping_set_title" in line).partition(": ")[2]
    name = path.name.removesuffix(".sssom.tsv")
    assert dump([item for _, item in rows], name, title, LICENCE) == path.read_text()


def test_candidates_nearly_as_like_are_kept_for_a_person_and_the_others_not():
    things = [Record(f"https://w3id.org/asckg/id/org-{name}", name) for name in "abc"]
    options = tuple(Option(thing, score) for thing, score in zip(things, (0.9, 0.85, 0.7), strict=True))
    waits = Outcome(Record("1", "A"), "review", options, 0.05, "alike")
    kept = list(decisions_of([waits, replace(waits, band="accepted")], ColumnMap(), "t", "2026-01-01"))
    assert [(item.subject_id, item.state) for item in kept] == [
        ("r:org-a", "suggested"), ("r:org-b", "suggested"), ("r:org-a", "accepted"),
    ]  # fmt: skip
    assert "a is likelier by 0.05" in kept[1].comment


def test_a_key_of_odd_characters_gives_a_name_that_rdf_can_bear():
    assert object_id(Record('<a> "b"', "A"), ColumnMap(), "t") == "row:t/-a---b-"


def test_rows_of_one_thing_out_of_order_are_found(tmp_path):
    path = tmp_path / "a.sssom.tsv"
    write(path, dump([accepted(), accepted(target="isni:0000000107895319")], "a", "A", LICENCE))
    lines = path.read_text().splitlines()
    write(path, "\n".join([*lines[:-2], lines[-1], lines[-2]]) + "\n")
    assert [(item.line, item.code) for item in findings(path)] == [(len(lines), "L013")]


@pytest.mark.parametrize(
    ("lost", "code"), [("#   ror:", "L018"), ("# license:", "L002"), ("# mapping_set_id:", "L002")]
)
def test_a_line_that_the_head_lost_is_found(tmp_path, lost, code):
    path = tmp_path / "a.sssom.tsv"
    write(path, dump([accepted()], "a", "A", LICENCE))
    write(path, "".join(line for line in path.read_text().splitlines(True) if not line.startswith(lost)))
    assert [item.code for item in findings(path)] == [code]
    assert lost.strip("# :") in findings(path)[0].message
