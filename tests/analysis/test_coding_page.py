"""The codings of the shipped graph are whole, and the figures of docs/coding.md are theirs."""

from collections import Counter
from pathlib import Path

import pytest

from asckg.analysis import agreements, disagreements

PAGE = Path(__file__).parents[2] / "docs" / "coding.md"
FAULTS = {
    "a barrier or enabler without a settled coding in both frameworks": """
        SELECT ?finding ?scheme WHERE {
          VALUES ?kind { asc:Barrier asc:Enabler } VALUES ?scheme { v:cfir v:tdf }
          ?finding a ?kind .
          FILTER NOT EXISTS {
            ?coding asc:codes ?finding ; asc:codingScheme ?scheme ; asc:codingPass v:pass-settled } }""",
    "a finding that one pass coded and the other did not": """
        SELECT ?finding ?scheme WHERE {
          VALUES (?one ?other) { (v:pass-first v:pass-second) (v:pass-second v:pass-first) }
          ?coding asc:codes ?finding ; asc:codingScheme ?scheme ; asc:codingPass ?one .
          FILTER NOT EXISTS { ?match asc:codes ?finding ; asc:codingScheme ?scheme ; asc:codingPass ?other } }""",
    "two codings of a finding in one pass and framework": """
        SELECT ?finding ?scheme WHERE {
          ?coding asc:codes ?finding ; asc:codingScheme ?scheme ; asc:codingPass ?pass .
          ?match asc:codes ?finding ; asc:codingScheme ?scheme ; asc:codingPass ?pass .
          FILTER (?coding != ?match) }""",
    "a settled code that is not a broad match of its finding": """
        SELECT ?finding ?code WHERE {
          ?coding asc:codes ?finding ; asc:codingPass v:pass-settled ; asc:assignsCode ?code .
          FILTER NOT EXISTS { ?finding skos:broadMatch ?code } }""",
    "a broad match that was not settled": """
        SELECT ?finding ?code WHERE {
          ?finding a/rdfs:subClassOf* asc:Finding ; skos:broadMatch ?code .
          FILTER NOT EXISTS { ?coding asc:codes ?finding ; asc:codingPass v:pass-settled ; asc:assignsCode ?code } }""",
    "a settled coding that no two passes agree on, without a note": """
        SELECT ?finding ?scheme WHERE {
          ?coding asc:codes ?finding ; asc:codingScheme ?scheme ; asc:codingPass v:pass-settled .
          OPTIONAL { ?one asc:codes ?finding ; asc:codingScheme ?scheme ; asc:codingPass v:pass-first
            OPTIONAL { ?one asc:assignsCode ?first } }
          OPTIONAL { ?two asc:codes ?finding ; asc:codingScheme ?scheme ; asc:codingPass v:pass-second
            OPTIONAL { ?two asc:assignsCode ?second } }
          FILTER (!BOUND(?one) || COALESCE(?first, ?scheme) != COALESCE(?second, ?scheme))
          FILTER NOT EXISTS { ?coding skos:editorialNote ?note } }""",
}
SETTLED = {"CFIR 2022 constructs": "v:cfir", "Theoretical Domains Framework": "v:tdf"}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_codings_have_no_such_fault(fault, graph):
    assert graph.query(FAULTS[fault]).dicts() == []


def agreement_rows(graph):
    yield "| framework | findings | alike | no code | agreement | kappa | 95 % interval |"
    yield "|---|---|---|---|---|---|---|"
    for one in agreements(graph):
        figures = f"{one.agreement:.1%} | {one.kappa:.2f} | {one.low:.2f} to {one.high:.2f}".replace("%", " %")
        yield f"| {one.scheme} | {one.findings} | {one.alike} | {one.uncoded} | {figures} |"


def standing_rows(graph):
    yield "| framework | differ | first stands | second stands |"
    yield "|---|---|---|---|"
    answer = graph.query("coding-disagreements").dicts()
    for label, scheme in SETTLED.items():
        rows = [row for row in answer if str(row["scheme"]).endswith(scheme.removeprefix("v:"))]
        stands = Counter("first" if row["settled"] == row["first"] else "second" for row in rows)
        assert all(row["settled"] in {row["first"], row["second"]} for row in rows)
        yield f"| {label} | {len(rows)} | {stands['first']} | {stands['second']} |"


def kind_rows(graph):
    yield "| framework | domains | findings |"
    yield "|---|---|---|"
    for one in disagreements(graph):
        where = f"within {one.one}" if one.one == one.other else f"{one.one} or {one.other}"
        yield f"| {one.scheme} | {where} | {one.findings} |"


@pytest.mark.parametrize("rows", [agreement_rows, standing_rows, kind_rows])
def test_a_table_of_the_page_is_what_the_graph_gives(rows, graph):
    assert "\n\n" + "\n".join(rows(graph)) + "\n\n" in PAGE.read_text(encoding="utf-8")
