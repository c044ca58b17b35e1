"""The outline of a source document: its sections, their headings and their keys, kept with its data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asckg.error import AsckgError

FILE = "outline.yaml"
ELLIPSIS = "..."
"""Ends a heading of which an outline gives the first words only, so that no long run of words is copied."""
_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class SectionOutline:
    """A section to look for in a copy.

    `key` ends the section's IRI, `heading` is the heading as printed (or its first words and `...`), `name` is what
    labels call the section, `under` is the heading over a group of sections, and `entries` says that each paragraph
    is one entry of a list (one sentence), as in a list of references.
    """

    key: str
    heading: str
    name: str
    under: str = ""
    entries: bool = False


@dataclass(frozen=True)
class Outline:
    """A document and its sections in order: `key` is the local name of its IRI, `issued` its year, month or day."""

    key: str
    title: str
    issued: str
    sections: tuple[SectionOutline, ...]

    def headings(self) -> tuple[tuple[str, str], ...]:
        """Return (heading, section key) in reading order; the heading over a group has the empty key."""
        found: list[tuple[str, str]] = []
        for before, section in zip((None, *self.sections), self.sections, strict=False):
            if section.under and (before is None or before.under != section.under):
                found.append((section.under, ""))
            found.append((section.heading, section.key))
        return tuple(found)


def load(path: Path) -> Outline:
    """Return the outline that a YAML file describes.

    Raises `AsckgError` when the file is missing, is no YAML, or lacks a key, a title or sections.
    """
    import yaml  # noqa: PLC0415  # importing asckg stays light

    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AsckgError(
            f"{path}: cannot be read ({error.strerror}). Write an outline as docs/curating.md shows."
        ) from error
    except yaml.YAMLError as error:
        raise AsckgError(f"{path}: not YAML: {error}") from error
    try:
        return _outline(given)
    except (KeyError, TypeError, ValueError) as error:
        raise AsckgError(f"{path}: no outline: {error}. docs/curating.md lists what an outline says.") from error


def _outline(given: Mapping[str, Any]) -> Outline:
    sections = tuple(_section(section) for section in given["sections"])
    outline = Outline(str(given["key"]), str(given["title"]), str(given.get("issued", "")), sections)
    keys = [outline.key, *(section.key for section in sections)]
    wrong = [key for key in keys if not _KEY.fullmatch(key)]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if wrong or twice or not sections:
        raise ValueError(f"keys not lower-case words joined by hyphens: {wrong}; keys given twice: {twice}")
    return outline


def _section(given: Mapping[str, Any]) -> SectionOutline:
    heading = str(given["heading"])
    return SectionOutline(
        key=str(given["key"]),
        heading=heading,
        name=str(given.get("name", heading)),
        under=str(given.get("under", "")),
        entries=bool(given.get("entries", False)),
    )
