"""What an address gives to the parameters of a question."""

from __future__ import annotations

from collections.abc import Mapping

from asckg.namespace import VOC
from asckg.question import Parameter, Question
from asckg_api.view.link import full


def values_of(question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Return the values by parameter, IRIs in full; what is no parameter of the question is left out.

    A plain name is one of the scheme from which the parameter takes its values, and else a thing.
    """
    found = {}
    for one in question.parameters:
        value = given.get(one.name, "").strip()
        if one.name in given:
            found[one.name] = _in_full(one, value) if one.type == "iri" and value else value
    return found


def _in_full(parameter: Parameter, value: str) -> str:
    plain = "scheme" in parameter.values and not {":", "/"} & set(value)
    return VOC + value if plain else full(value)
