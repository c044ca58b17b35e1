from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

from asckg.error import AsckgError
from asckg.turtle import TurtleSyntaxError, blocks, canonical, parse, serialise

ID = "https://w3id.org/asckg/id/"
PATH = Path("a.ttl")

iris = st.sampled_from([f"{ID}{name}" for name in ("org-a", "org-b", "a.b", "a.", "é", "", "x%20y", "role-c-1")]).map(
    NamedNode
) | st.sampled_from(["urn:a", "https://schema.org/name", "http://example.org/a/b#c"]).map(NamedNode)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
literals = (
    texts.map(Literal)
    | st.builds(Literal, texts, language=st.sampled_from(["en", "cy", "en-gb"]))
    | st.integers().map(Literal)
    | st.sampled_from(["1.5", "01", "+3", "1.", ".5", "1e3", "true", "x"]).flatmap(
        lambda value: st.sampled_from(["integer", "decimal", "double", "boolean", "date"]).map(
            lambda kind: Literal(value, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))
        )
    )
)
flat = st.lists(st.builds(Triple, iris, iris, iris | literals), max_size=12)


@st.composite
def trees(draw: st.DrawFn) -> list[Triple]:
    """Return triples in which each blank node is the object of at most one triple."""
    triples = draw(flat)
    for number in range(draw(st.integers(0, 4))):
        node = BlankNode(f"b{number}")
        parents = [t.subject for t in triples if t.subject != node]
        if parents and draw(st.booleans()):
            triples.append(Triple(draw(st.sampled_from(parents)), draw(iris), node))
        triples.extend(Triple(node, draw(iris), draw(iris | literals)) for _ in range(draw(st.integers(1, 3))))
    return triples


def shape(triples: Iterable[Triple]) -> set[Quad]:
    """Return the triples with blank nodes named by what they say, so that equal graphs are equal sets."""
    data = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    data.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(data)


@given(trees())
def test_the_canonical_form_says_the_same(triples: list[Triple]) -> None:
    assert shape(parse(PATH, serialise(triples)).triples) == shape(triples)


@given(trees())
def test_the_canonical_form_is_its_own_canonical_form(triples: list[Triple]) -> None:
    made = serialise(triples)
    assert canonical(parse(PATH, made)) == made


@given(flat, st.randoms())
def test_the_order_of_the_triples_changes_nothing(triples: list[Triple], random: object) -> None:
    mixed = list(triples)
    random.shuffle(mixed)
    assert serialise(mixed) == serialise(triples)


@given(flat, iris)
def test_one_more_subject_is_one_more_block_and_moves_nothing(triples: list[Triple], other: NamedNode) -> None:
    old = [*triples, Triple(NamedNode(f"{ID}org-a"), NamedNode(f"{ID}role-c-1"), Literal("x"))]
    new = NamedNode(f"{ID}org-new")
    before = serialise(old).split("\n\n")[1:]
    after = serialise([*old, Triple(new, NamedNode(f"{ID}org-b"), other)]).split("\n\n")[1:]
    assert [b.strip() for b in after if not b.startswith("r:org-new\n")] == [b.strip() for b in before]
    assert len(after) == len(before) + 1


def test_the_form_is_the_one_that_the_style_guide_asks_for() -> None:
    text = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix r: <https://w3id.org/asckg/id/> .
@prefix unused: <http://example.org/> .
r:b skos:prefLabel "B"@en ; a skos:Concept . r:a skos:broader r:c, r:b ; skos:note 3, "x" ."""
    assert canonical(parse(PATH, text)) == (
        "@prefix r: <https://w3id.org/asckg/id/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "\n"
        "r:a\n"
        "    skos:broader r:b , r:c ;\n"
        '    skos:note "x" , 3 .\n'
        "\n"
        "r:b\n"
        "    a skos:Concept ;\n"
        '    skos:prefLabel "B"@en .\n'
    )


def test_shapes_keep_their_nested_nodes_and_lists() -> None:
    text = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix asc: <https://w3id.org/asckg/def#> .
asc:ClaimShape sh:property [ sh:path asc:stance ; sh:in ( asc:b asc:a ) ] , [ sh:path asc:object ; sh:minCount 1 ] ."""
    made = canonical(parse(PATH, text))
    assert made.index("sh:path asc:object") < made.index("sh:path asc:stance")
    assert "sh:in ( asc:b asc:a )" in made


def test_comments_at_the_head_stay() -> None:
    made = canonical(parse(PATH, '# One.\n#  Two.\n<urn:a> <urn:b> "# not a comment" .\n'))
    assert made == '# One.\n#  Two.\n\n<urn:a>\n    <urn:b> "# not a comment" .\n'


def test_a_comment_elsewhere_is_refused_with_its_line() -> None:
    with pytest.raises(AsckgError, match=r"a\.ttl:2: comments on lines 2 .*skos:editorialNote"):
        canonical(parse(PATH, "<urn:a> <urn:b> 1 .\n# lost\n"))


@pytest.mark.parametrize("text", ["<urn:a> <urn:b> _:x . <urn:c> <urn:d> _:x .", "_:x <urn:b> _:y . _:y <urn:b> _:x ."])
def test_a_blank_node_without_a_place_is_refused(text: str) -> None:
    with pytest.raises(AsckgError, match="give each an IRI"):
        canonical(parse(PATH, text))


def test_a_syntax_error_has_its_line_and_column() -> None:
    with pytest.raises(TurtleSyntaxError, match=r"a\.ttl:2:11: ") as caught:
        parse(PATH, "<urn:a>\n  <urn:b> b .\n")
    assert (caught.value.line, caught.value.column) == (2, 11)


def test_blocks_know_the_line_of_each_subject() -> None:
    text = """# head
@prefix r: <urn:r:> .
BASE <urn:b>
r:a r:p "a . b", '''x
. y''' ; r:q [ r:p 1.5 ] . <c> r:p ( 1 2 ) .
[] r:p r:a.b .
"""
    assert [(b.subject, b.line) for b in blocks(text)] == [("r:a", 4), ("<c>", 5), ("[", 6)]


@given(flat)
def test_there_is_a_block_for_each_subject(triples: list[Triple]) -> None:
    assert len(blocks(serialise(triples))) == len({t.subject for t in triples})
