"""Tables of every form that people have, as a stream of rows."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from asckg.error import AsckgError
from asckg.link.table.citation import read_bibtex, read_ris
from asckg.link.table.columnar import read_parquet
from asckg.link.table.delimited import read_delimited
from asckg.link.table.nested import read_json, read_lines
from asckg.link.table.row import Row, Table
from asckg.link.table.sheet import read_sheet
from asckg.link.table.source import seekable, share_of, unpacked
from asckg.link.table.triple import SUFFIXES, read_rdf

FORMS = ("csv", "tsv", "json", "jsonl", "excel", "parquet", "ris", "bibtex", "rdf")
__all__ = ["FORMS", "Row", "Table", "form_of", "open_table"]
_BY_SUFFIX = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".txt": "csv", ".json": "json", ".geojson": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".srj": "json", ".srx": "rdf", ".xlsx": "excel", ".xlsm": "excel",
    ".xls": "excel", ".xlsb": "excel", ".ods": "excel", ".parquet": "parquet", ".ris": "ris", ".bib": "bibtex",
    **dict.fromkeys(SUFFIXES, "rdf"),
}  # fmt: skip


_FOREIGN = (b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"TY  - ", b"@prefix ", b"<http", b"<urn:")
_MARKS = (
    (b"PAR1", "parquet"), (b"PK", "excel"), (b"\xd0\xcf\x11\xe0", "excel"), (b"[", "json"), (b"{", "json"),
    (b"TY  -", "ris"),
)  # fmt: skip


def form_of(name: str, head: bytes) -> str:
    """Return the form of a file by its name and, where that does not say, by its first bytes."""
    known = _BY_SUFFIX.get(Path(name).suffix.lower())
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if known == "json" and text[:1] == b"{" and b"}\n{" in text.replace(b"\r", b""):
        return "jsonl"
    if known == "json" and (b'"@context"' in text or b'"@id"' in text):
        return "rdf"
    if known == "excel" and not text.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"<")):
        known = None  # a text table under the name of a workbook, as many systems write it
    if known and not (known == "csv" and text.startswith(_FOREIGN)):
        return known
    return _sniffed(text)


def _sniffed(text: bytes) -> str:
    """Return the form that the first bytes of a file speak for."""
    for mark, form in _MARKS:
        if text.startswith(mark):
            return form
    rdf = text.lower().startswith((b"@prefix", b"@base", b"prefix ", b"base <", b"<http", b"<urn:"))
    if rdf or (text.startswith(b"<?xml") and (b"rdf:RDF" in text or b"sparql-results#" in text)):
        return "rdf"
    return "bibtex" if text.startswith(b"@") and b"{" in text[:40] else "csv"


@contextmanager
def open_table(path: Path, form: str = "", *, encoding: str = "", sheet: str = "", member: str = "") -> Iterator[Table]:
    """Yield the table of a file, gzip and zip unpacked; raise `AsckgError` with file and line when it is none."""
    with unpacked(path, member) as (name, packed, read), ExitStack() as opened:
        head = packed.peek(4096)[:4096]
        form = form or form_of(name, head)
        if form not in FORMS:
            raise AsckgError(f"{form!r} is no form of table; the forms are {', '.join(FORMS)}")
        twice = form in {"excel", "parquet"} or (
            form == "json" and not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[")
        )
        stream = opened.enter_context(seekable(packed)) if twice else packed
        shown = str(path)
        readers: dict[str, Callable[[], Table]] = {
            "excel": lambda: read_sheet(shown, stream, sheet),
            "parquet": lambda: read_parquet(shown, stream),
            "json": lambda: read_json(shown, stream),
            "jsonl": lambda: read_lines(shown, stream),
            "ris": lambda: read_ris(shown, stream, encoding),
            "bibtex": lambda: read_bibtex(shown, stream, encoding),
            "rdf": lambda: read_rdf(name, shown, stream),
        }
        table = readers.get(form, lambda: read_delimited(name, shown, stream, encoding))()
        table.read = read if stream is packed else share_of(stream)
        try:
            yield table
        finally:
            table.close()
