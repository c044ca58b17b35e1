"""The skeleton of a document as RDF: its sections, paragraphs and sentences, and not a word of their text."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from asckg.error import AsckgError
from asckg.namespace import ID, VOC, expand
from asckg.source.document import Document, Section, Sentence
from asckg.turtle import serialise

_PRECISION = {4: ("-01-01", "year"), 7: ("-01", "month"), 10: ("", "day")}


def skeleton(document: Document) -> str:
    """Return canonical Turtle about a document, its sections, paragraphs and sentences.

    A sentence has its paragraph, position, digest and a label such as `Policy, paragraph 2, sentence 3`.
    """
    return serialise([*_about(document), *_sections(document)])


def _about(document: Document) -> Iterator[ox.Triple]:
    outline = document.outline
    yield _triple(outline.key, "rdf:type", ox.NamedNode(expand("asc:Synthesis")))
    yield _triple(outline.key, "skos:prefLabel", _text(outline.title))
    yield _triple(outline.key, "dct:title", _text(outline.title))
    if outline.issued:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", outline.issued):
            raise AsckgError(f"issued is {outline.issued!r}; write it as 2023, 2023-11 or 2023-11-30")
        rest, precision = _PRECISION[len(outline.issued)]
        date = ox.Literal(outline.issued + rest, datatype=ox.NamedNode(expand("xsd:date")))
        yield _triple(outline.key, "dct:issued", date)
        yield _triple(outline.key, "asc:datePrecision", ox.NamedNode(f"{VOC}precision-{precision}"))


def _sections(document: Document) -> Iterator[ox.Triple]:
    for section in document.sections:
        outline = section.outline
        heading = f"{outline.heading} ({outline.under})" if outline.under else outline.heading
        yield from _part(section.name, "doco:Section", document.outline.key, section.position, outline.name)
        yield _triple(section.name, "dct:title", _text(heading.replace(" ...", " \u2026")))
        yield from _paragraphs(section)


def _paragraphs(section: Section) -> Iterator[ox.Triple]:
    for paragraph in section.paragraphs:
        label = f"{section.outline.name}, paragraph {paragraph.position}"
        yield from _part(paragraph.name, "doco:Paragraph", section.name, paragraph.position, label)
        for sentence in paragraph.sentences:
            yield from _sentence(sentence, paragraph.name, label)


def _sentence(sentence: Sentence, paragraph: str, label: str) -> Iterator[ox.Triple]:
    yield from _part(
        sentence.name, "doco:Sentence", paragraph, sentence.position, f"{label}, sentence {sentence.position}"
    )
    yield _triple(sentence.name, "asc:sha256", ox.Literal(sentence.sha256))


def _part(name: str, kind: str, whole: str, position: int, label: str) -> Iterator[ox.Triple]:
    yield _triple(name, "rdf:type", ox.NamedNode(expand(kind)))
    yield _triple(name, "dct:isPartOf", ox.NamedNode(ID + whole))
    yield _triple(name, "schema:position", ox.Literal(position))
    yield _triple(name, "skos:prefLabel", _text(label))


def _triple(name: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(ID + name), ox.NamedNode(expand(predicate)), value)


def _text(value: str) -> ox.Literal:
    return ox.Literal(value, language="en")
