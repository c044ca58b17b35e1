from pathlib import Path

import pytest

from asckg.error import AsckgError
from asckg.source.document import Document, read
from asckg.source.outline import Outline, load
from asckg.source.skeleton import skeleton
from asckg.turtle import canonical, parse


def texts(document: Document, paragraph: str) -> list[str]:
    return [s.text for s in document.sentences() if s.name.rpartition("-")[0] == f"porter-1999-{paragraph}"]


def test_sections_come_in_the_order_of_the_outline_with_their_keys(porter: Document) -> None:
    assert [s.name for s in porter.sections] == [f"porter-1999-{k}" for k in ("arr", "hin", "hel", "ref", "ctr")]
    assert [s.position for s in porter.sections] == [1, 2, 3, 4, 5]


def test_abbreviations_initials_and_times_end_no_sentence(porter: Document) -> None:
    assert texts(porter, "arr-p1") == [
        "Trains are read in more than any library (Guard et al., 1997).",
        "Mr. J. R. Porter counted 1,200 readers, e.g. on the 8.15, over p. 27 of his log (please see here for more).",
        "Some prefer the 'quiet carriage' of older stock.",
    ]


def test_a_citation_after_the_stop_stays_with_its_sentence(porter: Document) -> None:
    assert texts(porter, "arr-p2")[1:] == ["Staff disagree \u2013 some loudly. (Whistle, 1996)", "What is to be done?"]


def test_a_stop_after_a_space_ends_the_sentence(porter: Document) -> None:
    assert texts(porter, "arr-p2")[0].endswith('"no train at all" (Guard, 1998) .')


def test_a_page_break_within_a_sentence_is_rejoined(porter: Document) -> None:
    assert len(texts(porter, "hin-p1")) == 2
    assert "and the Junction company that runs them" in texts(porter, "hin-p1")[1]


def test_list_items_are_paragraphs_without_their_markers(porter: Document) -> None:
    assert texts(porter, "hin-p2") == ["We recommend:"]
    assert texts(porter, "hin-p3") == ["A quiet carriage on every train"]
    assert texts(porter, "hin-p4") == ["Fewer announcements.", "Bells will do."]


def test_a_list_item_goes_on_after_a_page_break(porter: Document) -> None:
    assert texts(porter, "hin-p5") == [
        "A rule that is shared between the lines and is kept by all of the companies that run them"
    ]


def test_an_entry_is_one_sentence_even_when_a_page_break_cut_it(porter: Document) -> None:
    assert texts(porter, "ref-p2")[0].startswith("Guard, A. (1998). A long story about the waiting room and its lamps.")
    assert texts(porter, "ref-p2")[0].endswith("In Platforms (Vol. 2). https://example.org/lamp")
    assert texts(porter, "ref-p3") == ["Whistle, D. (1996). Letters to a Railway Company."]


def test_a_word_broken_at_a_line_end_keeps_the_hyphen_it_has_elsewhere(porter: Document) -> None:
    assert texts(porter, "ctr-p2") == ["Dr Ada Guard, Institute of Lines (Head of Long-haul Studies)*"]


def test_offsets_point_at_the_passage_in_the_copy(porter: Document, copy: str) -> None:
    for sentence in porter.sentences():
        passage = copy[sentence.start : sentence.end]
        assert passage.split()[0].strip("*") in {sentence.text.split()[0], sentence.text.split()[0].strip("*")}
        assert len(passage) >= len(sentence.text) - 1


def test_a_table_of_contents_is_not_taken_for_the_sections(copy: str, outline: Outline, porter: Document) -> None:
    contents = "\n".join(heading.replace("...", "of the north") for heading, _ in outline.headings())
    again = read(f"{contents}\n\n{copy}", outline)
    assert [s.sha256 for s in again.sentences()] == [s.sha256 for s in porter.sentences()]


def test_a_copy_without_a_heading_is_refused_by_its_name(copy: str, outline: Outline) -> None:
    with pytest.raises(AsckgError, match="b\\) What helps"):
        read(copy.replace("b) What helps", ""), outline)


def test_an_outline_without_sections_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outline.yaml"
    path.write_text("key: porter-1999\ntitle: Quiet\n")
    with pytest.raises(AsckgError, match="sections"):
        load(path)


def test_an_outline_with_a_key_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outline.yaml"
    path.write_text("key: p-1\ntitle: Q\nsections: [{key: a, heading: A}, {key: a, heading: B}]\n")
    with pytest.raises(AsckgError, match="given twice"):
        load(path)


def test_the_skeleton_is_canonical_and_holds_no_text(porter: Document, tmp_path: Path) -> None:
    made = skeleton(porter)
    assert canonical(parse(tmp_path / "document.ttl", made)) == made
    assert "r:porter-1999-hin-p4-s2\n    a doco:Sentence ;" in made
    assert '"Hindrances, paragraph 4, sentence 2"@en' in made
    assert "Bells" not in made


def test_the_skeleton_of_the_shipped_document_is_what_the_program_makes(document: Path, root: Path) -> None:
    folder = root / "graph_data" / "kendrick-2023"
    made = skeleton(read(document.read_text(encoding="utf-8"), load(folder / "outline.yaml")))
    assert made == (folder / "document.ttl").read_text(encoding="utf-8")
