"""The options of `asckg link` that say what a table is: its columns, its form, its name."""

import re
import shlex
from pathlib import Path
from typing import Any

import click

_SINGLE = ("label", "country", "kind", "key", "date", "year", "authors")
_SEVERAL = ("places", "types", "aliases")
_WORDS = {"label": "name", "places": "place", "types": "type", "aliases": "alias", "ids": "id"}
_REPEATED = (*_SINGLE, "profile", "mapping", "form", "encoding", "sheet", "member", "source")
_KINDS = ["organisation", "work", "person", "award", "place"]


def table_options(function: Any) -> Any:
    """Add the options that say what a table is."""
    for option in reversed(
        (
            click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False)),
            click.option("--profile", default="", help="A ready-made mapping; `asckg link profiles` lists them."),
            click.option("--mapping", type=click.Path(path_type=Path, exists=True), help="A saved mapping file."),
            click.option("--name", "label", help="The column of the name, or of the title."),
            click.option("--alias", "aliases", multiple=True, metavar="COLUMN", help="A column of other names."),
            click.option("--id", "ids", multiple=True, metavar="SCHEME=COLUMN", help="A column of identifiers."),
            click.option("--key", help="The column by which a row is known again, when it has no identifier."),
            click.option("--country", help="The column of the country, or =GB for all rows."),
            click.option("--place", "places", multiple=True, metavar="COLUMN", help="A column of the town or region."),
            click.option("--date", help="The column of the date."),
            click.option("--year", help="The column of the year, for works."),
            click.option("--authors", help="The column of the authors, for works."),
            click.option("--type", "types", multiple=True, metavar="COLUMN", help="A column of the type."),
            click.option(
                "--kind",
                type=click.Choice(_KINDS),
                help="What the rows are; as the profile says, or organisations, when not given.",
            ),
            click.option("--form", default="", help="csv, tsv, json, jsonl, excel, parquet, ris, bibtex or rdf."),
            click.option("--encoding", default="", help="The encoding of a text table."),
            click.option("--sheet", default="", help="The sheet of a workbook."),
            click.option("--member", default="", help="The file of a zip archive, by the end of its name."),
            click.option("--source", "source", help="A short name for the table; its file name when not given."),
        )
    ):
        function = option(function)
    return function


def wanted_of(said: dict[str, Any]) -> Any:
    """Return what the options said about a table."""
    from asckg.error import AsckgError
    from asckg.link.identifier import ANY, SCHEMES
    from asckg.link.job import Wanted

    ids = dict(text.split("=", 1) for text in said["ids"] if "=" in text)
    if len(ids) != len(said["ids"]) or set(ids) - {*SCHEMES, ANY}:
        raise AsckgError(f"--id takes SCHEME=COLUMN; the schemes are {', '.join(SCHEMES)}, and any for a mixture")
    parts = {part: said[part] for part in (*_SINGLE, *_SEVERAL, "keep") if said.get(part)}
    names = ("path", "form", "encoding", "sheet", "member", "profile", "mapping")
    return Wanted(**{name: said[name] for name in names}, parts=parts, identifiers=ids)


def source_of(said: dict[str, Any]) -> str:
    """Return the short name of a table."""
    bare = re.sub(r"(\.[a-z][a-z0-9]{0,7})+$", "", said["path"].name.lower())
    return said["source"] or re.sub(r"[\s.]+", "-", bare)


def again(said: dict[str, Any]) -> str:
    """Return the file and the options that say what it is, as they are typed again."""
    words = [str(said["path"])]
    for part in _REPEATED:
        words += [f"--{_WORDS.get(part, part)}", str(said[part])] if said[part] else []
    for part in (*_SEVERAL, "ids"):
        words += [word for item in said[part] for word in (f"--{_WORDS[part]}", item)]
    return shlex.join(words)
