"""What is said of a file that is no Turtle: where, what, and what to do."""

from pathlib import Path

import pytest

from asckg.turtle import TurtleSyntaxError, parse

HEAD = "@prefix r: <urn:r#> .\n"
CASES = {
    "a full stop left out": ("r:x a r:Y\n\nr:z a r:Y .\n", 4, "r:z stands where the statement before it should"),
    "a semicolon left out": ("r:x a r:Y\n    r:p 1 .\n", 3, "' ;' if r:p is another property of the same thing"),
    "a quote left out": ('r:x r:p "q@en .\nr:y r:p "z" .\n', 2, "no closing quote; add it"),
    "a file cut short": ("r:x r:p r:y", 2, "the file ends in the middle of a statement"),
    "a comma before the end": ("r:x r:p r:y , .", 2, "there is no value before ."),
    "a name without a prefix": ("x r:p r:y .", 2, "x stands where a new thing begins; write its name with its prefix"),
    "a property that is a text": ('r:x "lit" r:y .', 2, '"lit" stands where a property is due'),
    "a space in an IRI": ("r:x r:p <urn:a b> .", 2, "an IRI in < > holds ' '"),
    "a relative IRI": ("r:x r:p <rel> .", 2, "<rel> is no whole IRI"),
    "a bracket left open": ("r:x r:p [ r:q r:r .", 2, "write ] before this place"),
    "no language": ('r:x r:p "a"@ .', 2, "write one, such as @en"),
    "no datatype": ('r:x r:p "a"^^ .', 2, "write one, such as ^^xsd:date"),
    "a slash in a name": ("r:x r:p r:b/c .", 2, "a prefixed name cannot hold '/'"),
    "an empty exponent": ("r:x r:p 12e .", 2, "this cannot be read: A double exponent cannot be empty"),
}


@pytest.mark.parametrize(("text", "line", "said"), CASES.values(), ids=CASES)
def test_a_mistake_is_told_with_its_line_and_what_to_do(text, line, said):
    with pytest.raises(TurtleSyntaxError) as caught:
        parse(Path("data.ttl"), HEAD + text)
    assert str(caught.value).startswith(f"data.ttl:{line}:")
    assert said in str(caught.value)
    assert "Parser error" not in str(caught.value)
