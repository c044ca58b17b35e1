"""The name of a funder in what an acknowledgement says around it: `supported by a grant from …`, award numbers."""

import re

_GIVEN = r"(?:funded|supported|sponsored|financed|commissioned|provided|received|obtained|awarded|granted)"
_HELP = (
    r"(?:funding|funds|financial support|financial assistance|support|grants?|awards?|fellowships?|scholarships?"
    r"|studentships?|sponsorship)"
)
_TONGUES = (
    r"financée?s?\s+par|soutenue?s?\s+par|(?:gefördert|finanziert|unterstützt)\s+(?:durch|von|vom)"
    r"|(?:financiad|apoiad)[oa]s?\s+p(?:or|elo|ela)|finanziat[oaie]\s+d(?:a|al|alla)|gefinancierd\s+door"
    r"|finansowan[aey]\s+przez"
)
_BEFORE = re.compile(
    rf"^.*?\b{_GIVEN},?\s+(?:(?:in\s+whole,?\s+or\s+(?:in\s+)?part,?|in\s+part|partly|jointly|kindly|generously)\s+)?"
    r"(?:by|through|from|to\s+\S+(?:\s+\S+)?\s+by)\s+"
    rf"|^.*?\b{_HELP}(?:\s+\S+)??\s+(?:from|by|of)\s+"
    r"|^.*?\b(?:we|authors?|i)\s+(?:would\s+like\s+to\s+)?(?:\S+\s+)?(?:thank|acknowledge)s?\s+"
    r"|^(?:grant\s+)?(?:sponsors?|funders?|funding(?:\s+(?:body|source|information|agency))?|(?:financial\s+)?support)\s*:\s*"
    rf"|^.*?\b(?:{_TONGUES})\s+",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"^(?:(?:an?|the|la|le|el|il|die|das|der|dem|den|het|de)\s+)?(?:{_HELP}\s+(?:\S+\s+){{0,3}}?(?:from|of|by)\s+)?"
    r"(?:(?:the|die|das|der|dem|den)\b)?\s*(?=\S)",
    re.IGNORECASE,
)
_DASH = r"\s*[,;:–-]?\s*"  # noqa: RUF001 - an en dash stands before award numbers
_CODE = r"(?:[A-Z][A-Z0-9-]{1,8}\s+)?(?=[\w./-]*\d)[A-Z0-9][\w./-]{3,}"
_NUMBERED = r"projekt(?:nummer|nr)|förderkennzeichen|fkz|processo|proyecto|projets?|dossier"
_BEHIND = re.compile(
    r"[(\[][^()\[\]]*\d[^()\[\]]*[)\]]"
    rf"|(?i:{_DASH}\b(?:under|through|via|with)\s+(?:(?:the|an?)\s+)?(?:\S+\s+)?"
    r"(?:grants?|contracts?|awards?|projects?|programmes?|agreements?)\b.*$)"
    r"|(?i:\s+(?:through|via|under)\s+(?:its|their|[\w-]+['’]s)\s.*$)"  # noqa: RUF001 - a typographic apostrophe
    rf"|(?i:{_DASH}\b(?:grants?|awards?|contracts?|projects?|agreement|refs?|reference|nos?|number|id|{_NUMBERED})\b"
    rf"\s*(?:agreement|no|nos|nr|number|numbers|id|ref)?[.:#\s]*){_CODE}(?:\s+(?:to|from|by)\b.*)?"
    rf"|\s*[:,–-]\s*{_CODE}\s*$|(?<=[)\]])\s*{_CODE}\s*$"  # noqa: RUF001 - as above
    r"|\s+(?=\S*\d\S*\d\S*\d)(?=\S*[A-Z/])[A-Z0-9][\w./-]{6,}\s*$|\s+(?:SFB|TRR|EXC|GRK|SPP)\s+\d+(?:/\d)?\s*$"
    r"|(?i:\s+(?:(?:has|have)\s+)?(?:(?:kindly|generously)\s+)?(?:funded|supported|sponsored|financed)\s+(?:this|our)\b.*$)"
    r"|(?i:\s+(?:is|are)\s+(?:\S+\s+)?acknowledged.*$)"
    r"|(?i:\s+for\s+(?:funding|supporting|financing|the\s+financial|their\s+(?:\S+\s+)?support|financial)\b.*$)",
)
_AWARD_FIRST = re.compile(
    rf"^(?i:grants?|awards?|contracts?)\s+(?i:no\.?\s+|number\s+)?{_CODE}\s+(?:from|of|by)\s+(?:the\s+)?",
)


def without_acknowledgement(text: str) -> str:
    """Return the text without what says that somebody funded something, and without award numbers.

    >>> without_acknowledgement("This work was supported by a grant from the Example Trust (grant no. AB/12345/1).")
    'Example Trust'
    >>> without_acknowledgement("Department of Physics, University of York")
    'Department of Physics, University of York'
    """
    bare = _BEHIND.sub(" ", _AWARD_FIRST.sub("", text)).strip(" .,;:-")
    found = _BEFORE.match(bare)
    if found and found.end() < len(bare):
        bare = bare[found.end() :]
        bare = _AGAIN.sub("", bare, count=1)
    return bare.strip(" .,;:-") or text
