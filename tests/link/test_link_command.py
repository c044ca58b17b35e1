"""`asckg link`: one table from file to report, to decisions, to the graph."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from asckg.cli import cli
from asckg.corpus import Corpus
from asckg.link.mapping import load_mapping
from asckg.link.queue import Queue

TABLE = """council,notes
"Kings College, London",x
LSE,
Univ of Hertforshire,
=cmd|' /C calc'!A0,
University of Nowhere,
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shipped = Corpus.open()
    for tree in (shipped.ontology, shipped.data, shipped.queries):
        shutil.copytree(tree, tmp_path / "corpus" / tree.name)
    (tmp_path / "mine.csv").write_text(TABLE)
    return tmp_path


def run(root: Path, *arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli, ["link", *arguments, "--corpus", str(root / "corpus")], input=answers)


def decisions(root: Path) -> bytes:
    return (root / "corpus/graph_data/links/mine.sssom.tsv").read_bytes()


def test_a_table_is_matched_and_every_row_says_why(root):
    done = run(root, str(root / "mine.csv"), "--out", "-", "--country", "=GB")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["band"] for row in rows] == ["accepted", "review", "accepted", "none", "none"]
    assert "doubt: acronym" in rows[1]["explanation"]
    assert "label: council" in done.stderr
    assert "1  for a person to decide" in done.stderr


def test_no_cell_of_the_report_starts_a_formula(root):
    done = run(root, str(root / "mine.csv"), "--out", "-")
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert "'=cmd|' /C calc'!A0" in [cell for row in rows for cell in row]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+"))]


def test_running_again_changes_nothing(root):
    arguments = (str(root / "mine.csv"), "--record", "--country", "=GB")
    run(root, *arguments)
    before = decisions(root)
    assert "1 same, 2 decided" in run(root, *arguments).stderr
    assert decisions(root) == before


def test_what_was_rejected_is_not_suggested_again(root):
    arguments = (str(root / "mine.csv"), "--record", "--country", "=GB")
    run(root, *arguments)
    run(root, "review", "--reviewer", "R", answers="r\n")
    assert Queue(root / "corpus/graph_data/links").waiting() == []
    again = run(root, *arguments)
    assert "for a person" not in again.stderr
    assert b"\tNot\t" in decisions(root)


def test_a_decision_can_be_taken_back(root):
    run(root, str(root / "mine.csv"), "--record", "--country", "=GB")
    before = decisions(root)
    run(root, "review", "--reviewer", "R", answers="a\n")
    assert decisions(root) != before
    undone = Queue(root / "corpus/graph_data/links").undo("R")
    assert undone is not None
    assert decisions(root) == before


def test_two_reviewers_who_differ_are_listed(root):
    run(root, str(root / "mine.csv"), "--record")
    queue = Queue(root / "corpus/graph_data/links")
    pair = queue.waiting()[0].pair
    queue.decide(pair, "accepted", "A", "2026-01-01")
    queue.decide(pair, "rejected", "B", "2026-01-01")
    assert queue.disagreements() == [(pair, {"A": "accepted", "B": "rejected"})]


def test_a_file_edited_into_nonsense_stops_the_run_and_is_left_alone(root):
    path = root / "corpus/graph_data/links/mine.sssom.tsv"
    path.write_text("subject_id\tpredicate_id\tobject_id\tmapping_justification\nr:org-lse\tskos:exactMatch\n")
    done = run(root, str(root / "mine.csv"), "--record")
    assert done.exit_code != 0
    assert "mine.sssom.tsv:2: L003" in str(done.exception)
    assert path.read_text().count("\n") == 2


def test_linked_rows_are_loaded_with_licence_and_source(root):
    table = root / "unis.csv"
    table.write_text("ukprn,name,hesa_itt_code\n10007150,University of Kent,0063\n10009999,Another,1\n")
    done = run(root, "--load", str(table))
    text = (root / "corpus/graph_data/links/external/unis.nt").read_text()
    assert "1 row of unis" in done.stderr
    assert (
        '<https://www.ukrlp.co.uk/ukprn/10007150> <http://www.w3.org/2004/02/skos/core#prefLabel> "University of Kent"'
        in text
    )
    assert "<http://purl.org/dc/terms/license>" in text
    assert "Another" not in text


def test_a_column_that_is_not_there_is_named_with_those_that_are(root):
    done = run(root, str(root / "mine.csv"), "--name", "organisation")
    assert "has no column 'organisation'; it has council, notes" in str(done.exception)


def test_a_mapping_is_saved_and_used_again(root):
    saved = root / "mapping.yaml"
    run(root, str(root / "mine.csv"), "--name", "council", "--save-mapping", str(saved))
    done = run(root, str(root / "mine.csv"), "--mapping", str(saved))
    assert "label: council" in saved.read_text()
    assert "guessed" not in done.stderr


def test_the_crosswalk_has_a_column_for_each_scheme(root):
    rows = {row["thing"].rsplit("/", 1)[-1]: row for row in csv.DictReader(io.StringIO(run(root, "crosswalk").stdout))}
    assert rows["org-lse"]["ror"] == "0090zs177"
    assert rows["org-university-of-kent"]["ukprn"] == "10007150"


def test_one_capital_decides_all_rows_of_a_name_and_undo_takes_back_only_ones_own(root):
    (root / "mine.csv").write_text("id,council,notes\n1,LSE,x\n2,LSE,y\n")
    run(root, str(root / "mine.csv"), "--name", "council", "--record")
    before = decisions(root)
    queue = Queue(root / "corpus/graph_data/links")
    assert len(queue.waiting()) == 2
    run(root, "review", "--reviewer", "One", answers="A\nq\n")
    assert queue.waiting() == []
    assert "nothing of yours to undo" in run(root, "review", "--reviewer", "Two", "--second", answers="z\nq\n").output
    run(root, "review", "--reviewer", "One", answers="z\n")
    for _ in range(2):
        queue.undo("One")
    assert decisions(root) == before


def test_a_waiting_link_says_all_that_speaks_for_and_against_and_blind_hides_it(root):
    (root / "mine.csv").write_text("council,notes\nLSE,x\n")
    run(root, str(root / "mine.csv"), "--name", "council", "--record")
    shown = run(root, "review", "--reviewer", "One", answers="q\n").output
    for said in ("similarity 0.", "words in both: lse", "doubt: only an abbreviation agrees", "no other candidate"):
        assert said in shown
    hidden = run(root, "review", "--reviewer", "One", "--blind", answers="q\n").output
    assert "doubt" not in hidden
    assert "similarity" not in hidden


def test_a_decision_stays_with_its_row_when_rows_move(root):
    run(root, str(root / "mine.csv"), "--record", "--country", "=GB")
    run(root, "review", "--reviewer", "R", answers="r\n")
    header, *rows = TABLE.splitlines()
    (root / "mine.csv").write_text("\n".join((header, "University of York,new", *reversed(rows))))
    again = run(root, str(root / "mine.csv"), "--record", "--country", "=GB")
    assert "gone" not in again.stderr
    assert Queue(root / "corpus/graph_data/links").waiting() == []
    assert b"\tNot\t" in decisions(root)


def test_rows_that_say_the_same_need_one_decision(root):
    (root / "mine.csv").write_text("council,notes\nLSE,x\nLSE,y\nLSE,z\n")
    done = run(root, str(root / "mine.csv"), "--name", "council", "--record")
    assert "3  for a person to decide" in done.stderr
    assert "1 new" in done.stderr
    assert len(Queue(root / "corpus/graph_data/links").waiting()) == 1


def test_what_was_left_unsure_comes_back_when_asked_for(root):
    run(root, str(root / "mine.csv"), "--record", "--country", "=GB")
    run(root, "review", "--reviewer", "R", answers="u\n")
    queue = Queue(root / "corpus/graph_data/links")
    assert (queue.waiting(), len(queue.unsure())) == ([], 1)
    run(root, "review", "--reviewer", "R", "--unsure", answers="u\n")
    run(root, "review", "--reviewer", "R", "--unsure", answers="a\n")
    assert queue.unsure() == []


def test_blind_review_still_shows_what_the_row_says(root):
    (root / "mine.csv").write_text("council,town\nLSE,London\n")
    run(root, str(root / "mine.csv"), "--record")
    shown = run(root, "review", "--reviewer", "R", "--blind", answers="q\n").stdout
    assert "row: place London" in shown
    assert "similarity" not in shown


def test_words_after_the_letter_are_the_reason(root):
    run(root, str(root / "mine.csv"), "--record", "--country", "=GB")
    run(root, "review", "--reviewer", "R", answers="r another school\n")
    assert b"another school" in decisions(root)


def test_what_to_do_next_repeats_the_options(root):
    (root / "mine v1.2.csv").write_text(TABLE)
    done = run(root, str(root / "mine v1.2.csv"), "--name", "council", "--country", "=GB")
    assert f"asckg link match '{root / 'mine v1.2.csv'}' --name council --country =GB --record" in done.stderr
    assert "rows of mine-v1-2" in done.stderr


def test_every_proposed_column_can_be_named_otherwise_and_the_next_step_repeats_it(root):
    (root / "cols.csv").write_text("ref,who,seat,since,sort,other\n7,LSE,London,1895,university,L.S.E.\n")
    said = ["--key", "ref", "--name", "who", "--place", "seat", "--date", "since", "--type", "sort", "--alias", "other"]
    result = run(root, str(root / "cols.csv"), *said, "--save-mapping", str(root / "cols.yaml"))
    assert result.exit_code == 0
    saved = load_mapping(root / "cols.yaml")
    assert (saved.key, saved.label, saved.places, saved.date) == ("ref", "who", ("seat",), "since")
    assert (saved.types, saved.aliases) == (("sort",), ("other",))
    step = next(line for line in result.stderr.splitlines() if line.startswith("next: "))
    assert all(f"{option} {column}" in step for option, column in zip(said[::2], said[1::2], strict=True))
