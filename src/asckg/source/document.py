"""A copy read by its outline: sections, paragraphs and sentences with the names that the graph gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from asckg.source.block import Block, sections
from asckg.source.digest import digest, rejoin
from asckg.source.markup import BREAK, Run
from asckg.source.outline import Outline, SectionOutline
from asckg.source.sentence import split


@dataclass(frozen=True)
class Sentence:
    """A sentence: the local name of its IRI, its text in this copy, its digest, and where it stands in the copy.

    `position` counts from 1 in the paragraph; `copy[start:end]` is the passage, page breaks included; `printed` keeps
    a soft hyphen where a line end broke a word.
    """

    name: str
    position: int
    text: str
    sha256: str
    start: int
    end: int
    printed: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, list item or entry, with its sentences; `position` counts from 1 in the section."""

    name: str
    position: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Section:
    """A section with its paragraphs; `position` counts from 1 in the document."""

    name: str
    position: int
    outline: SectionOutline
    paragraphs: tuple[Paragraph, ...]

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of the section in reading order."""
        for paragraph in self.paragraphs:
            yield from paragraph.sentences


@dataclass(frozen=True)
class Document:
    """A document as one copy has it."""

    outline: Outline
    sections: tuple[Section, ...]

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence of the document in reading order."""
        for section in self.sections:
            yield from section.sentences()


def read(copy: str, outline: Outline) -> Document:
    """Return the sections, paragraphs and sentences of a copy (plain text or Markdown).

    Raises `AsckgError` when the copy lacks a heading of the outline.
    """
    found = [(section, blocks) for section, blocks in sections(copy.replace("\r\n", "\n").replace("\r", "\n"), outline)]
    words = frozenset(
        word.lower() for _, blocks in found for block in blocks for word in re.findall(r"\w+(?:-\w+)+", block.run.text)
    )
    return Document(outline, tuple(_section(outline.key, n, *each, words) for n, each in enumerate(found, 1)))


def _section(key: str, position: int, section: SectionOutline, blocks: list[Block], words: frozenset[str]) -> Section:
    name = f"{key}-{section.key}"
    paragraphs = tuple(_paragraph(f"{name}-p{n}", n, block.run, section, words) for n, block in enumerate(blocks, 1))
    return Section(name, position, section, paragraphs)


def _paragraph(name: str, position: int, run: Run, section: SectionOutline, words: frozenset[str]) -> Paragraph:
    spans = [(0, len(run.text))] if section.entries else split(run.text)
    return Paragraph(
        name,
        position,
        tuple(_sentence(f"{name}-s{n}", n, run, span, words) for n, span in enumerate(spans, 1)),
    )


def _sentence(name: str, position: int, run: Run, span: tuple[int, int], words: frozenset[str]) -> Sentence:
    printed = run.text[slice(*span)]
    text = rejoin(printed, words) if BREAK in printed else printed
    return Sentence(name, position, text, digest(text), run.start(*span), run.end(*span), printed)
