"""Names of local councils: the words that only say what kind of council it is, told apart from the name."""

import re

from rapidfuzz.distance import OSA

_TIERS = (
    "london borough",
    "royal borough",
    "metropolitan borough",
    "metropolitan district",
    "county borough",
    "city and county",
    "city and district",
    "metropolitan",
    "borough",
    "county",
    "city",
    "district",
    "unitary",
    "boro",
    "dist",
)
_TIER = "|".join(_TIERS)
_BEFORE = re.compile(
    rf"(?:the )?(?:council of (?:the )?(?P<a>{_TIER}) of (?P<x>.+)|(?P<b>{_TIER}) council of (?:the )?(?P<y>.+)"
    rf"|(?P<c>{_TIER}) of (?P<z>.+) council|(?P<d>{_TIER}) of (?P<w>.+)"
    r"|(?P<e>(?:london|royal|metropolitan) borough) (?!council\b)(?P<v>.+))"
)
_AFTER = re.compile(
    rf"(?P<x>.+?) (?P<a>{_TIER}) (?:council|authority)|(?P<y>.+) (?P<b>{_TIER}) of"
    r"|(?P<z>.+) (?P<c>city and (?:county|district))"
)
_SHORT = re.compile(
    r"(?P<core>.+) (?P<short>lbc|rbc|mbc|mdc|cbc|lb|rb|bc|dc|cc|mc|ua)"
    r"|(?P<first>lb|rb|mbc?|lbc|rbc) (?:of )?(?P<rest>.+)"
)
_WELSH = re.compile(r"cyngor (?P<tier>bwrdeistref sirol|dinas a sir|dinas|sir|bwrdeistref) (?P<core>.+)")
_MEANT = {
    "lbc": "london borough", "lb": "london borough", "rb": "royal borough", "rbc": "royal borough",
    "mbc": "metropolitan borough", "mb": "metropolitan borough", "mdc": "metropolitan district",
    "cbc": "county borough", "bc": "borough", "mc": "metropolitan", "dc": "district", "cc": "cc", "ua": "unitary",
    "boro": "borough",
    "dist": "district", "bwrdeistref sirol": "county borough", "dinas a sir": "city county", "dinas": "city",
    "sir": "county", "bwrdeistref": "borough", "city and county": "city county", "city and district": "city district",
}  # fmt: skip
_COUNTIES = {
    "beds": "bedfordshire", "berks": "berkshire", "bucks": "buckinghamshire", "cambs": "cambridgeshire",
    "carms": "carmarthenshire", "derbys": "derbyshire", "glos": "gloucestershire", "gloucs": "gloucestershire",
    "hants": "hampshire", "herts": "hertfordshire", "lancs": "lancashire", "leics": "leicestershire",
    "lincs": "lincolnshire", "northants": "northamptonshire", "northumb": "northumberland", "notts": "nottinghamshire",
    "oxon": "oxfordshire", "pembs": "pembrokeshire", "salop": "shropshire", "shrops": "shropshire",
    "staffs": "staffordshire", "warks": "warwickshire", "wilts": "wiltshire", "worcs": "worcestershire",
    "yorks": "yorkshire", "isles": "islands",
}  # fmt: skip
_SIDES = {
    "n": "north", "s": "south", "e": "east", "w": "west", "nth": "north", "sth": "south", "ne": "north east",
    "nw": "north west", "se": "south east", "sw": "south west",
}  # fmt: skip
COUNTIES = frozenset(_COUNTIES)
"""Counties as people shorten them."""
_WELSH_NAMES = {
    "pen y bont ar ogwr": "bridgend", "caerffili": "caerphilly",
    "caerdydd": "cardiff", "sir gaerfyrddin": "carmarthenshire", "sir gar": "carmarthenshire",
    "sir ddinbych": "denbighshire", "sir y fflint": "flintshire", "ynys mon": "isle of anglesey",
    "merthyr tudful": "merthyr tydfil", "sir fynwy": "monmouthshire", "castell nedd port talbot": "neath port talbot",
    "casnewydd": "newport", "sir benfro": "pembrokeshire", "abertawe": "swansea", "tor faen": "torfaen",
    "bro morgannwg": "vale of glamorgan", "wrecsam": "wrexham",
}  # fmt: skip
"""The Welsh names of the principal areas of Wales that are called otherwise in English."""
_IN_WELSH = re.compile(rf"\b(?:{'|'.join(sorted(_WELSH_NAMES, key=len, reverse=True))})\b")
_BORO = re.compile(r"\b(\w{3,})boro\b")
_MAYOR = re.compile(
    r"(?:the )?(?:lord )?mayor(?: and)?(?: aldermen(?: and)?)? (?:commonalty|burgesses|citizens)(?: and citizens)? of "
)
_TAIL = re.compile(r"\b(?:upon|on|under|in) (?:the )?(\w+)")
_MAY_BE = re.compile(
    r"\b(?:council|authority|borough|boro|cyngor|[lmcr]b|[lmcr]?bc|m?dc|mc|cc|ua)\b|^dinas a sir "
    r"|^(?:the )?(?:county|city|district)(?: and (?:county|district))? of | (?:county|city|district) of$"
    r"| city and (?:county|district)$|^(?:[nsew]|[ns][ew]|nth|sth|north|south|east|west|mid|central) (?:east |west )?"
    rf"(?:{'|'.join(sorted(_COUNTIES))})$"
)
_WORDS = frozenset(" ".join(_TIERS).split()) | {"council", "of", "the"}
_KIND_BEFORE = re.compile(r"\b(\w{3,7}) (?:council|borough)\b")
_UPPER = frozenset({"~county"})
_LOWER = frozenset({"~borough", "~city", "~district", "~london"})


def council_parts(folded: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the name of a council without its kind, and the words of the kind; None when the text names no kind.

    The words of the kind bear a tilde, which no folded text has, so that they are met nowhere else. `council` is
    the first of them where the text says so.

    >>> council_parts("haringey london borough council")
    ('haringey', ('council', '~london', '~borough'))
    >>> council_parts("the council of the city of wakefield")
    ('wakefield', ('council', '~city'))
    >>> council_parts("city of hope")
    ('hope', ('~city',))
    """
    mended = _KIND_BEFORE.sub(_mended, spelt_out(folded))
    for pattern in (_BEFORE, _AFTER, _WELSH, _SHORT):
        found = pattern.fullmatch(mended)
        if found:
            core, tier = _named(found)
            if set(core.split()) <= _WORDS:
                return None
            said = tuple(f"~{word}" for word in _MEANT.get(tier, tier).split() if word != "and")
            alone = tier in {"county", "city", "district"} and not re.search(
                r"\b(?:council|authority|cyngor)\b", mended
            )
            return core.removeprefix("the "), said if alone else ("council", *said)
    return None


def may_be_council(folded: str) -> bool:
    """Say whether a folded text may be the name of a council, so that it is worth taking apart.

    >>> may_be_council("lb of barnet"), may_be_council("city of hope"), may_be_council("city hospital")
    (True, True, False)
    """
    return bool(_MAY_BE.search(folded))


def spelt_out(folded: str) -> str:
    """Return the name of a council with its county and side in full, without mayor and burgesses before it.

    >>> spelt_out("w sussex cc"), spelt_out("hants county council")
    ('west sussex cc', 'hampshire county council')
    """
    folded = _MAYOR.sub("", folded)
    if folded.startswith("dinas a sir "):
        folded = f"cyngor {folded}"
    if "cyngor" in folded:
        folded = _IN_WELSH.sub(lambda found: _WELSH_NAMES[found[0]], folded)
    folded = _BORO.sub(r"\1borough", folded)
    first, *rest = folded.split()
    words = [_SIDES.get(first, first) if rest else first, *rest]
    return " ".join([_COUNTIES.get(word, word) for word in words])


def river(folded: str) -> frozenset[str]:
    """Return the words behind `upon` in the name of a council, which people leave out.

    >>> sorted(river("stockton on tees borough council")), river("university of newcastle upon tyne")
    (['tees', 'under', 'upon'], frozenset())
    """
    found = _TAIL.search(folded)
    if not found or not re.search(r"\b(?:council|borough)\b", folded):
        return frozenset()
    return frozenset({found[1], "upon", "under"})


def initials(folded: str) -> set[str]:
    """Return what a council is called by its first letters, where these are three or more.

    >>> sorted(initials("royal borough of kensington and chelsea")), initials("leeds city council")
    (['rbkac', 'rbkc'], set())
    """
    named = council_parts(folded)
    core = named[0] if named else folded.removesuffix(" council") if folded.endswith(" council") else ""
    prefix = "".join(f"{word[0]}b" for word in ("royal", "london") if folded.startswith(f"{word} borough"))
    words = [word for word in core.split() if word not in {"of", "the", "upon", "on", "in"}]
    short = {prefix + "".join(word[0] for word in some) for some in (words, [x for x in words if x != "and"])}
    return {text for text in short if len(text) > 2} if len(prefix) + len(words) > 2 else set()  # noqa: PLR2004


def _mended(found: re.Match[str]) -> str:
    """Return the word before `council` or `borough` as it should be spelt, where it is a letter off a kind."""
    word = found[1]
    for kind in ("city", "county", "london"):
        if word != kind and OSA.distance(word, kind) == 1:
            return kind + found[0][len(word) :]
    return found[0]


def _named(found: re.Match[str]) -> tuple[str, str]:
    groups = {name: text for name, text in found.groupdict().items() if text}
    tier = next(text for name, text in groups.items() if name in "abcde" or name in {"short", "first", "tier"})
    core = next(text for name, text in groups.items() if name in "xyzwv" or name in {"core", "rest"})
    return core, tier


def apart(left: set[str], right: set[str]) -> int:
    """Return how many words of the kind differ between two councils; `~cc` is a county's or a city's.

    >>> apart({"~cc"}, {"~county"}), apart({"~borough"}, set())
    (0, 1)
    """
    different = left ^ right
    if "~cc" in different and different & {"~county", "~city"}:
        different = different - {"~cc", "~county", "~city"}
    return len(different)


def contradict(left: set[str], right: set[str]) -> bool:
    """Say whether two kinds of council cannot be one: a county, and a borough, city or district."""
    only_left, only_right = left - right, right - left
    return bool((only_left & _UPPER and only_right & _LOWER) or (only_left & _LOWER and only_right & _UPPER))
