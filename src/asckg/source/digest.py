"""The digest by which a sentence is known without being kept."""

import hashlib
import itertools
import re
from collections.abc import Container, Iterator

from asckg.source.markup import BREAK, clean

_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    }
)
_MOST_READINGS = 6


def normalise(sentence: str, words: Container[str] = ()) -> str:
    r"""Return the text of a sentence as it is digested.

    Link and emphasis mark-up is dropped, quotes and dashes are folded, words broken at a line end are re-joined,
    white space is collapsed, and all is lower case. `words` are the words of the document, lower case: a broken word
    keeps its hyphen when the hyphenated form is among them.

    >>> normalise("The \u201cquiet\u201d *carriage* \u2014 see [here](#) \u2014 is a rail-\nway word.")
    'the "quiet" carriage - see here - is a railway word.'
    """
    return fold(rejoin(clean(sentence).text, words))


def rejoin(text: str, words: Container[str] = ()) -> str:
    """Return `text` with each word that a line end broke made whole again."""
    return re.sub(rf"[\w-]+(?:{BREAK}\w+)+", lambda broken: _whole(broken[0], words), text).replace(BREAK, "-")


def _whole(broken: str, words: Container[str]) -> str:
    hyphenated = broken.replace(BREAK, "-")
    keep = hyphenated.lower() in words or not broken.replace(BREAK, "").replace("-", "").isalpha()
    return hyphenated if keep else broken.replace(BREAK, "")


def fold(text: str) -> str:
    """Return plain text with quotes and dashes folded, footnote stars and extra white space gone, lower case."""
    folded = re.sub(r"-{2,3}(?!-)", "-", text.translate(_FOLD).replace("*", ""))
    return " ".join(folded.split()).lower()


def digest(sentence: str) -> str:
    """Return the SHA-256, in hexadecimal, of the UTF-8 of a normalised sentence (64 characters)."""
    return hashlib.sha256(normalise(sentence).encode()).hexdigest()


def readings(text: str) -> Iterator[str]:
    """Yield the digest of each way to read the broken words of `text`: with their hyphens, or without.

    A dash followed or not followed by a space may be a line end too, that the maker of the copy or of the digest
    joined: each is read both ways, one at a time.
    """
    parts = text.split(BREAK)
    if len(parts) - 1 > _MOST_READINGS:
        yield digest(rejoin(text))
        return
    for joins in itertools.product(("", "-"), repeat=len(parts) - 1):
        yield digest("".join(itertools.chain(*zip(parts, (*joins, ""), strict=True))))
    whole = normalise(rejoin(text))
    for dash in re.finditer(r"(?<=\w)-( ?)(?=\w)", whole):
        before, after = whole[: dash.start()], whole[dash.end() :]
        for other in ("-", "") if dash[1] else ("- ",):
            yield digest(before + other + after)
