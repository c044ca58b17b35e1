"""Countries in the forms that people write: the ISO 3166 alpha-2 code of a text."""

from functools import lru_cache
from importlib.resources import files

from asckg.link.text import fold


@lru_cache(maxsize=1)
def forms() -> dict[str, str]:
    """Return the code of every folded country name, from `data/country.tsv` (English names from ROR, CC0)."""
    table: dict[str, str] = {}
    for line in (files(__package__) / "data" / "country.tsv").read_text("utf-8").splitlines():
        code, *names = line.split("\t")
        for name in names:
            table.setdefault(fold(name), code)
    return table


def country_of(text: str) -> str:
    """Return the code of a text that names a country and nothing else, or an empty string.

    >>> country_of("P. R. China"), country_of("Deutschland"), country_of("Paris")
    ('CN', 'DE', '')
    """
    folded = fold(text)
    table = forms()
    return table.get(folded) or table.get(folded.removeprefix("the ")) or ""


@lru_cache(maxsize=10_000)
def code_of(text: str) -> str:
    """Return the code of a country cell: a code, `UK`, or a name in any listed language; else an empty string."""
    bare = text.strip()
    if len(bare) == 2 and bare.isalpha():  # noqa: PLR2004 - alpha-2
        return {"UK": "GB", "EL": "GR"}.get(bare.upper(), bare.upper())
    return country_of(bare)
