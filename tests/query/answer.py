"""Answers of the shipped questions by each engine, and the file that holds the expected ones.

`python tests/query/answer.py NAME …` prints the present answer of a question, to be read beside the
document before it is kept; with `--write` it goes into `expected/`.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import rdflib

from asckg.graph import Graph
from asckg.question import Question, bind
from asckg.term import Term

EXPECTED = Path(__file__).resolve().parent / "expected"

Table = list[tuple[str, ...]]


def by_oxigraph(graph: Graph, question: Question) -> Table:
    """Return the header and the rows of a question with its default parameters, by the embedded engine."""
    rows = graph.engine.select(question.text, bind(question, {}))
    return [rows.columns, *(tuple(_written(term) for term in row) for row in rows.rows)]


def by_rdflib(dataset: rdflib.Dataset, question: Question) -> Table:
    """Return the same by rdflib, the second opinion."""
    bindings = {rdflib.Variable(name): _to_rdflib(term) for name, term in bind(question, {}).items()}
    result = dataset.query(question.text, initBindings=bindings)
    names = [str(name) for name in result.vars or []]
    return [tuple(names), *(tuple(_written(_from_rdflib(value)) for value in row) for row in result)]


def read_expected(name: str) -> Table:
    lines = (EXPECTED / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def write_expected(name: str, table: Table) -> None:
    (EXPECTED / f"{name}.tsv").write_text("".join("\t".join(row) + "\n" for row in table), encoding="utf-8")


def comparable(table: Table) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the header and the rows in an order that does not depend on the engine."""
    return table[0], sorted(table[1:])


def _written(term: Term | None) -> str:
    if term is None:
        return ""
    if term.kind == "iri":
        return str(term)
    return _number(term) if isinstance(term.python(), float) else term.value.replace("\t", " ").replace("\n", " ")


def _number(term: Term) -> str:
    return f"{float(term.value):.6g}"


def _to_rdflib(term: Term) -> rdflib.URIRef | rdflib.Literal:
    if term.kind == "iri":
        return rdflib.URIRef(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype) if term.datatype else None)


def _from_rdflib(value: object) -> Term | None:
    if value is None:
        return None
    if isinstance(value, rdflib.Literal):
        return Term.literal(str(value), str(value.datatype) if value.datatype else None, value.language)
    return Term.iri(str(value))


def main(arguments: Iterable[str]) -> None:
    names = [name for name in arguments if name != "--write"]
    graph = Graph.open()
    for name in names or list(graph.questions):
        table = by_oxigraph(graph, graph.questions[name])
        if "--write" in sys.argv:
            write_expected(name, table)
        print(f"{name}: {len(table) - 1} rows")
        for row in table:
            print("  " + " | ".join(row))


if __name__ == "__main__":
    main(sys.argv[1:])
