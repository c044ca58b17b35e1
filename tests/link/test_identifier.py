"""Identifiers are read in the forms that people write, and nothing else passes for one."""

import pytest

from asckg.link.identifier import normalise


@pytest.mark.parametrize(
    ("scheme", "text", "value"),
    [
        ("doi", "https://dx.doi.org/10.1000/ABC.1", "10.1000/abc.1"),
        ("doi", "doi:10.1000/a(b)c).", "10.1000/a(b)c"),
        ("ror", "https://ror.org/04xs57h96", "04xs57h96"),
        ("isni", "0000 0004 0623 6436", "0000000406236436"),
        ("isni", "https://isni.org/isni/0000000406236436", "0000000406236436"),
        ("isni", "ISNI: 0000 0004 0623 6436", "0000000406236436"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("gss", "http://statistics.data.gov.uk/id/statistical-geography/E09000033", "E09000033"),
        ("ukprn", "10007773", "10007773"),
        ("wikidata", "http://www.wikidata.org/entity/Q42", "Q42"),
        ("fundref", "http://dx.doi.org/10.13039/501100000269", "501100000269"),
        ("award", "NIHR 131358", "NIHR131358"),
        ("isbn", "0-306-40615-2", "9780306406157"),
    ],
)
def test_an_identifier_is_normalised(scheme, text, value):
    found = normalise(scheme, text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("ukprn", "E10000999"),
        ("ror", "04xs57h97"),
        ("isni", "0000000406236437"),
        ("doi", "11.1000/x"),
        ("gss", "E0900003"),
        ("isbn", "123"),
    ],
)
def test_a_wrong_check_digit_or_form_is_no_identifier(scheme, text):
    assert normalise(scheme, text) is None


def test_a_doi_broken_at_a_line_wrap_is_mended_and_says_so():
    found = normalise("doi", "https://doi.org/10.1136/\nbmj.n71")
    assert found is not None
    assert found.value == "10.1136/bmj.n71"
    assert "line wrap" in found.mended
