"""Words for what has no label: identifiers by their scheme, terms of other vocabularies by their own names."""

from __future__ import annotations

import re

from asckg.namespace import BASE, LINK_PREFIXES, PREFIXES

SCHEMES = {
    "ror": "ROR",
    "isni": "ISNI",
    "wikidata": "Wikidata",
    "fundref": "Crossref funder",
    "ukprn": "UKPRN",
    "gss": "GSS code",
    "doi": "DOI",
    "orcid": "ORCID",
    "openalex": "OpenAlex",
    "pmid": "PubMed",
    "isbn": "ISBN",
    "grid": "GRID",
    "cqc": "CQC location",
    "govorg": "GOV.UK organisation",
    "lae": "GOV.UK local authority",
}
"""What people call the registers behind identifiers, by the prefix of decision files."""
_NAME = re.compile(rf"(?<![\w/:])((?:{'|'.join(PREFIXES)}):[A-Za-z][\w-]*|{re.escape(BASE)}\S*)")
_CASE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def identifier(iri: str) -> str:
    """Return an identifier as people write it, empty when no known register stands behind it.

    >>> identifier("https://ror.org/0187kwz08")
    'ROR 0187kwz08'
    >>> identifier("https://doi.org/10.13039/501100000272")
    'Crossref funder 501100000272'
    """
    fitting = [(len(LINK_PREFIXES[one]), one) for one in SCHEMES if iri.startswith(LINK_PREFIXES[one])]
    if not fitting:
        return ""
    length, prefix = max(fitting)
    return f"{SCHEMES[prefix]} {iri[length:]}"


def spaced(name: str) -> str:
    """Return a local name in words.

    >>> spaced("FundingProgramme")
    'funding programme'
    """
    return _CASE.sub(" ", name).replace("-", " ").replace("_", " ").strip().lower()


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return a text cut into prose and prefixed names or addresses of ours, each with whether it is one.

    >>> pieces("An asc:Event is single.")
    [('An ', False), ('asc:Event', True), (' is single.', False)]
    """
    parts = _NAME.split(text)
    return [(part, at % 2 == 1) for at, part in enumerate(parts) if part]


def worded(iri: str) -> str:
    """Return what a thing without a label is called on a page; the address itself where nothing better is known.

    >>> worded("http://www.w3.org/ns/org#Organization")
    'organization'
    """
    if known := identifier(iri):
        return known
    fitting = [base for base in (*PREFIXES.values(), BASE) if iri.startswith(base) and len(iri) > len(base)]
    return spaced(iri[len(max(fitting, key=len)) :]) if fitting else iri
