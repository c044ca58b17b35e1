"""What is said for and against a link is said in words, in the terminal and on the pages."""

import ast
from pathlib import Path

import pytest

import asckg.link
from asckg.link.reason import in_words

FOLDER = Path(asckg.link.__file__).parent


def raised() -> set[str]:
    """Return the texts that stand for a doubt in the code: in a tuple or a list, or as the keys of guards."""
    texts: set[str] = set()
    for name in ("guard", "match", "band", "person", "work"):
        for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", "") == "append"
                and "doubts" in ast.dump(node.func)
            ):
                texts |= {item.value for item in ast.walk(node) if isinstance(item, ast.Constant)}
            if isinstance(node, ast.Dict) and any(isinstance(value, ast.Compare | ast.BoolOp) for value in node.values):
                texts |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return {text for text in texts if isinstance(text, str)}


def test_every_doubt_is_said_in_a_sentence():
    doubts = raised()
    assert {"single word", "another year", "a name alone", "short title"} <= doubts
    assert [text for text in sorted(doubts) if in_words(f"doubt: {text}") == f"doubt: {text}"] == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("'Kent Uni' like 'university of kent'", "compared: “Kent Uni” with “university of kent”"),
        ("agree: university, kent", "words in both: university, kent"),
        ("row: place Leeds | gss E08000035", "row: place Leeds | GSS code E08000035"),
        ("doubt: something new", "doubt: something new"),
        ("checked by telephone", "checked by telephone"),
    ],
)
def test_a_statement_is_worded_and_what_a_person_wrote_stays(said, words):
    assert in_words(said) == words
