"""How far two passes of coding agree, held to worked examples with known figures."""

import pytest

from asckg.analysis import agreements, cohen, disagreements


def table(rows):
    """Return the pairs that a square table of counts stands for: first pass in rows, second in columns."""
    return [(one, other) for one, row in enumerate(rows) for other, number in enumerate(row) for _ in range(number)]


def test_kappa_and_interval_are_those_of_a_published_table():
    skin = table([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])
    found = cohen(skin)
    assert (found.kappa, found.low, found.high) == (0.3449, 0.203, 0.4868)


def test_kappa_is_nought_when_agreement_is_what_chance_gives():
    assert cohen(table([[1, 1], [1, 1]])).kappa == 0


def test_kappa_is_one_when_all_agree():
    found = cohen(table([[3, 0], [0, 4]]))
    assert (found.kappa, found.low, found.high) == (1, 1, 1)


def test_kappa_is_minus_one_when_two_codes_are_always_swapped():
    assert cohen(table([[0, 5], [5, 0]])).kappa == -1


@pytest.mark.parametrize("pairs", [[], table([[9]])])
def test_kappa_is_not_told_where_chance_leaves_no_room(pairs):
    assert cohen(pairs).kappa is None


def test_the_order_of_the_passes_does_not_matter():
    pairs = table([[7, 2, 1], [0, 5, 3], [1, 1, 4]])
    assert cohen(pairs) == cohen([(other, one) for one, other in pairs])


def test_having_no_code_is_a_choice_like_any(trains):
    found = {one.scheme: one for one in agreements(trains)}
    domains = found["Theoretical Domains Framework"]
    assert (domains.findings, domains.alike, domains.uncoded) == (3, 2, 2)
    constructs = found["CFIR 2022 constructs"]
    assert (constructs.findings, constructs.alike, constructs.agreement) == (3, 1, 0.3333)
    assert constructs.kappa == pytest.approx(1 / 7, abs=1e-4)


def test_partings_are_told_by_domain_in_either_order(trains):
    assert [(one.one, one.other, one.labels) for one in disagreements(trains)] == [
        ("Inner Setting", "Inner Setting", ("Dim lamps",)),
        ("Inner Setting", "Outer Setting", ("No quiet carriage",)),
        ("Environmental context and resources", "no code", ("No quiet carriage",)),
    ]
