"""What an address gives to the parameters of a question."""

from __future__ import annotations

from collections.abc import Mapping

from asckg.question import Question
from asckg_api.view.link import full


def values_of(question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Return the values by parameter, IRIs in full; what is no parameter of the question is left out."""
    kinds = {p.name: p.type for p in question.parameters}
    found = {key: value.strip() for key, value in given.items() if key in kinds}
    return {key: full(value) if kinds[key] == "iri" and value else value for key, value in found.items()}
