"""Letters broken by reading UTF-8 as Windows-1252, put right: `Universit\u00c3\u00a4t` is `Universit\u00e4t`."""

import re

_ODD = bytes(sorted({*range(0x80, 0xA0)} - {0x81, 0x8D, 0x8F, 0x90, 0x9D})).decode("cp1252")
"""What Windows-1252 has where Latin-1 has control characters."""
_TAIL = f"[\u0080-\u00bf{_ODD}]"
_BROKEN = re.compile(f"[\u00c2-\u00c5\u00ce-\u00d1\u00d8\u00d9]{_TAIL}|\u00e2\u20ac{_TAIL}")


def unbroken(text: str) -> str:
    """Return a text with its broken letters put right; what is no broken letter stays.

    >>> unbroken("Universit\u00c3\u00a4t f\u00c3\u00bcr Musik"), unbroken("S\u00c3O PAULO")
    ('Universit\u00e4t f\u00fcr Musik', 'S\u00c3O PAULO')
    """
    return text if text.isascii() else _BROKEN.sub(_mended, text)


def _mended(found: re.Match[str]) -> str:
    octets = b"".join(_octet(letter) for letter in found[0])
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _octet(letter: str) -> bytes:
    """Return the octet that a letter was read from; Windows-1252 leaves five to Latin-1."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
