import itertools
import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asckg.source.compare import compare
from asckg.source.document import Document, read
from asckg.source.outline import Outline
from asckg.source.record import RecordedSentence
from asckg.source.sentence import split

PIECES = ["Trains", "are", "loud", "et al.", "p. 27", "e.g.", "J. R. Guard", "(Guard, 1997)", "(see: it. Is)", ".", "?",
          "!", "'", '"', ")", "(", "1.", "8.15", "\u2013", "\u201cQuiet\u201d"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", " "]))
def test_no_character_is_lost_and_none_stands_in_two_sentences(pieces: list[str], space: str) -> None:
    text = " ".join(pieces).replace(" .", f"{space}.")
    spans = split(text)
    assert spans == sorted(spans)
    assert "".join(text[begin:end] for begin, end in spans).replace(" ", "") == text.replace(" ", "")
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He came. She left.", 2),
        ('"Is it?" he said. It is.', 2),
        ("As Dr. Lamp and Prof. Flag say, it is so.", 1),
        ("It cost £5.50. That was in 1999. Then came No. 7 of the series.", 3),
        ("The U.K. has lines, i.e. railways. Some are long.", 2),
        ("Lamp et al. (1999) found it. Others (Flag et al., 2001) did not.", 2),
        ("It is so (see Lamp, 1999. It says so.) and no more.", 1),
        ("It is so. (Lamp, 1999; Flag, 2001)", 1),
        ("It is so. (This is another sentence.) And one more.", 3),
        ("It ends with an ellipsis... Then it goes on.", 2),
    ],
)
def test_stops_that_end_a_sentence_are_told_from_those_that_do_not(text: str, count: int) -> None:
    assert len(split(text)) == count


@given(width=st.integers(24, 120))
def test_any_width_of_lines_gives_the_same_sentences(width: int, copy: str, porter: Document, outline: Outline) -> None:
    blocks = (re.split(r"\n(?=- |\d\. )", block) for block in re.split(r"\n\s*\n", copy))
    lines = textwrap.TextWrapper(width, break_long_words=False)
    wrapped = "\n\n".join("\n".join(lines.fill(" ".join(i.split())) for i in block) for block in blocks)
    assert compare(recorded(porter), read(wrapped, outline)) == []


@given(data=st.data())
def test_a_page_break_within_a_sentence_changes_nothing(
    data: st.DataObject, copy: str, porter: Document, outline: Outline
) -> None:
    first = copy.index("Trains are")
    gaps = [m.start() for m in re.finditer(r"(?<=[a-z]) (?=[a-z(])", copy[first : copy.index("Few lines")])]
    at = first + data.draw(st.sampled_from(gaps))
    page = data.draw(st.sampled_from(["\n\n", "\n\n12\n\n", "\n\f\n", "\n\n\n\n"]))
    assert compare(recorded(porter), read(copy[:at] + page + copy[at + 1 :], outline)) == []


def recorded(document: Document) -> list[RecordedSentence]:
    return [RecordedSentence(s.name, s.sha256, "", Path("document.ttl"), 0) for s in document.sentences()]
