"""The copy of a document that a user has: read by the outline of the document it turns out to be."""

from pathlib import Path

from asckg.corpus import Corpus
from asckg.error import AsckgError
from asckg.source.document import Document, read
from asckg.source.outline import FILE, load


def read_copy(path: Path, text: str, *, key: str | None = None, root: Path | None = None) -> Document:
    """Return the document in a copy. `key` names it; without one, the first outline whose headings are all there.

    Raises `AsckgError` when no outline fits, or when the one that `key` names does not.
    """
    corpus = Corpus.open(root)
    outlines = {folder.name: folder / FILE for folder in sorted(corpus.data.iterdir()) if (folder / FILE).is_file()}
    if key is not None:
        if key not in outlines:
            raise AsckgError(f"{corpus.data / key / FILE} is missing; docs/curating.md shows how to write an outline")
        return _read(path, text, outlines[key])
    for outline in outlines.values():
        try:
            return read(text, load(outline))
        except AsckgError:
            continue
    raise AsckgError(
        f"{path}: this is no copy of a document that the graph knows: "
        f"{', '.join(outlines) or 'there is none'}. For a new document, write an outline as docs/curating.md shows."
    )


def read_text(path: Path) -> str:
    """Return the text of a copy with line feeds for line ends; raise when it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise AsckgError(f"{path}: there is no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise AsckgError(f"{path}: cannot be read as UTF-8 text: {error}") from error


def _read(path: Path, text: str, outline: Path) -> Document:
    try:
        return read(text, load(outline))
    except AsckgError as error:
        raise AsckgError(f"{path}: {error}") from error
