"""Copies of source documents that the server was given, cut into the sentences that the graph knows by position."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Copy:
    """A copy of a document: the paragraph of each sentence, and each paragraph's sentences as name, digest, words."""

    paragraph_of: Mapping[str, str] = field(default_factory=dict)
    paragraphs: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)


def read(path: Path, document: str, corpus: Path | None) -> Copy:
    """Return the copy of a document at `path`, cut by the document's outline in the corpus."""
    from asckg.source.copy import read_copy, read_text  # noqa: PLC0415  # only a server with a copy reads it

    paragraph_of: dict[str, str] = {}
    paragraphs: dict[str, list[tuple[str, str, str]]] = {}
    for section in read_copy(path, read_text(path), key=document, root=corpus).sections:
        for paragraph in section.paragraphs:
            for sentence in paragraph.sentences:
                name = sentence.name.rpartition("-")[0]
                paragraph_of[sentence.name] = name
                paragraphs.setdefault(name, []).append((sentence.name, sentence.sha256, sentence.text))
    return Copy(paragraph_of, paragraphs)
