"""Namespaces and prefixes, as plain strings."""

import os
import re

_DECLARED = re.compile(r"\bPREFIX\s+([A-Za-z][\w-]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w:-])([A-Za-z][\w-]*):(?![/ ])")
_OPAQUE = re.compile(r"""<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*""")

BASE = os.environ.get("ASCKG_BASE", "https://w3id.org/asckg/")
DEF = f"{BASE}def#"
ID = f"{BASE}id/"
VOC = f"{BASE}voc/"
GRAPH = f"{BASE}graph/"

PREFIXES: dict[str, str] = {
    "asc": DEF,
    "r": ID,
    "v": VOC,
    "biro": "http://purl.org/spar/biro/",
    "c4o": "http://purl.org/spar/c4o/",
    "cito": "http://purl.org/spar/cito/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "deo": "http://purl.org/spar/deo/",
    "doco": "http://purl.org/spar/doco/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frapo": "http://purl.org/cerif/frapo/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

LINK_PREFIXES: dict[str, str] = {
    "r": ID,
    "skos": PREFIXES["skos"],
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": PREFIXES["sssom"],
    "ror": "https://ror.org/",
    "isni": "https://isni.org/isni/",
    "wikidata": "http://www.wikidata.org/entity/",
    "fundref": "https://doi.org/10.13039/",
    "ukprn": "https://www.ukrlp.co.uk/ukprn/",
    "gss": "http://statistics.data.gov.uk/id/statistical-geography/",
    "doi": "https://doi.org/",
    "orcid": "https://orcid.org/",
    "openalex": "https://openalex.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "isbn": "urn:isbn:",
    "grid": "https://www.grid.ac/institutes/",
    "cqc": "https://www.cqc.org.uk/location/",
    "govorg": "https://www.registers.service.gov.uk/registers/government-organisation/records/",
    "lae": "https://www.registers.service.gov.uk/registers/local-authority-eng/records/",
    "award": f"{BASE}award/",
    "row": f"{BASE}row/",
    "source": f"{BASE}source/",
}
"""The prefixes of decision files, the identifier schemes among them; queries and Turtle know only `PREFIXES`."""

_WRITTEN = tuple((f"{prefix}:", prefix, iri) for prefix, iri in PREFIXES.items())


def prefixes_in(text: str) -> dict[str, str]:
    """Return the known prefixes that `text` may use: an engine reads each that it is given, for every query.

    >>> prefixes_in("ASK { r:org-nihr ?p ?o }")["r"]
    'https://w3id.org/asckg/id/'
    """
    return {prefix: iri for written, prefix, iri in _WRITTEN if written in text}


def expand(curie: str) -> str:
    """Return the IRI that a prefixed name stands for; `ValueError` names an unknown prefix.

    >>> expand("asc:Claim")
    'https://w3id.org/asckg/def#Claim'
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        known = ", ".join(PREFIXES)
        raise ValueError(f"{curie!r} has no known prefix; known prefixes: {known}")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI itself where no prefix fits.

    >>> compact("https://w3id.org/asckg/id/org-nihr")
    'r:org-nihr'
    """
    fitting = [(len(base), prefix) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def with_prefixes(text: str) -> str:
    """Return the query with PREFIX lines before it for the known prefixes that it uses and does not declare.

    >>> with_prefixes("ASK { r:org-nihr ?p ?o }").startswith("PREFIX r: <")
    True
    >>> with_prefixes("ASK { ?c asc:hasEvidenceLine/cito:citesAsEvidence ?work }").count("PREFIX")
    2
    """
    declared = set(_DECLARED.findall(text))
    used = [
        prefix
        for prefix in dict.fromkeys(_USED.findall(_OPAQUE.sub(" ", text)))
        if prefix in PREFIXES and prefix not in declared
    ]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in used) + text
