"""What speaks for and against a link, in words that need no knowledge of the program."""

import re

from asckg.wording import SCHEMES, spaced

_DOUBTS = {
    "acronym": "only an abbreviation agrees, and others may share it",
    "single word": "only one word agrees",
    "generic name": "many bodies have a name like this",
    "place name only": "only the name of a place agrees",
    "place missing": "the name here has a place that the row lacks",
    "another country": "the row is of another country",
    "another place": "the row names another place",
    "rest of a name": "what stands around it may belong to the name",
    "another institution": "the row names another institution as well",
    "part of it": "the row may mean a part of it",
    "one of two": "the row names two bodies in one breath",
    "a part may be meant": "a part of it in that town may be meant",
    "a programme of it": "the row may mean one of its programmes",
    "contradiction": "the two names contradict each other in a word",
    "words left over": "the row has words that the name here lacks",
    "words missing": "the row lacks words of the name here",
    "spelling": "it is spelt otherwise",
    "successor": "it took over from the body of the row, which has ended",
    "another name": "the name is another",
    "a name alone": "only the name agrees, and people share names",
    "a name and an affiliation": "name and workplace agree, which is no proof that it is the same person",
    "another ORCID": "the ORCID is another",
    "another DOI": "the DOI is another",
    "another award number": "the award number is another",
    "another affiliation": "the workplace is another",
    "short title": "the title is short, and other works may have it",
    "generic title": "many works have this title",
    "a notice about the other": "one is a notice about the other, such as a correction",
    "another number": "the numbers in the titles differ",
    "another first author": "the first author is another",
    "another year": "the year is another",
    "a cut title and another year": "the title is cut and the year is another",
    "inactive record": "the record says that it is no longer active",
    "withdrawn record": "the record was withdrawn",
}
MEANINGS = {
    "skos:closeMatch": "nearly the same, and not equal",
    "skos:relatedMatch": "related, and not the same",
    "skos:broadMatch": "the other is wider",
    "skos:narrowMatch": "the other is narrower",
}
"""What accepting a link says, where it is not that both are the same."""
_SAID = (
    ("agree: ", "words in both: "),
    ("only in the graph: ", "only in the name here: "),
    ("doubt: ", "doubt: "),
    ("type: ", "kind: "),
)
_LIKE = re.compile(r"'(.+)' like '(.+)'", re.DOTALL)


def in_words(said: str) -> str:
    """Return a statement about a link as a person would say it; what is not known stays as it is.

    >>> in_words("doubt: acronym")
    'doubt: only an abbreviation agrees, and others may share it'
    >>> in_words("fundref 501100000272")
    'Crossref funder 501100000272'
    >>> in_words("type: Organization")
    'kind: organisation'
    """
    side, colon, known = said.partition(": ")
    if colon and side in {"row", "graph"}:
        return f"{side}: " + " | ".join(map(in_words, known.split(" | ")))
    found = _LIKE.fullmatch(said)
    if found:
        return f"compared: “{found[1]}” with “{found[2]}”"
    scheme, space, value = said.partition(" ")
    if space and scheme in SCHEMES:
        return f"{SCHEMES[scheme]} {value}"
    for start, words in _SAID:
        if said.startswith(start):
            rest = said.removeprefix(start)
            return words + (
                spaced(rest).replace("organiz", "organis") if start == "type: " else _DOUBTS.get(rest, rest)
            )
    return said
