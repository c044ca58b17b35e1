"""Answers: a question's parameters as typed terms, bound by the engine and never pasted into the text."""

from collections.abc import Mapping

from asckg.engine import Engine
from asckg.error import AsckgError
from asckg.namespace import PREFIXES, expand
from asckg.question.header import Parameter, Question
from asckg.term import XSD, Rows, Term


def ask(engine: Engine, question: Question, values: Mapping[str, str] | None = None) -> Rows:
    """Return the rows of a question; parameters that are not given take their defaults.

    Raises `AsckgError` on an unknown parameter, a missing one, or a value of the wrong type.
    """
    return engine.select(question.text, bind(question, values or {}))


def bind(question: Question, values: Mapping[str, str]) -> dict[str, Term]:
    """Return the parameters of a question as terms by variable name; an optional one left empty is not bound."""
    known = {p.name: p for p in question.parameters}
    if unknown := sorted(set(values) - set(known)):
        raise AsckgError(f"{question.name} has no parameter {unknown}; it has {sorted(known) or 'none'}")
    bound: dict[str, Term] = {}
    for name, parameter in known.items():
        value = values.get(name) or parameter.default
        if value:
            bound[name] = _term(question, parameter, value)
        elif not parameter.optional:
            raise AsckgError(
                f"{question.name} needs the parameter {name} ({parameter.label}), a value of type {parameter.type}"
            )
    return bound


def _term(question: Question, parameter: Parameter, value: str) -> Term:
    if parameter.type == "string":
        return Term.literal(value)
    if parameter.type == "integer":
        try:
            return Term.literal(str(int(value)), XSD + "integer")
        except ValueError as error:
            raise AsckgError(f"{question.name}: {parameter.name} is {value!r}; it takes a whole number") from error
    prefix = value.partition(":")[0]
    iri = expand(value) if prefix in PREFIXES else value
    if ":" not in iri or any(c in iri for c in '<>"{}|\\^` '):
        raise AsckgError(
            f"{question.name}: {parameter.name} is {value!r}; it takes an IRI or a name such as r:org-nihr"
        )
    return Term.iri(iri)
