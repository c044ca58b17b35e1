"""Dumps: the whole data set as N-Quads, TriG and JSON-LD, the same bytes for the same data."""

import gzip
import hashlib
import io
from pathlib import Path

import pyoxigraph as ox

from asckg.namespace import PREFIXES

FORMS: dict[str, ox.RdfFormat] = {
    "dump.nq.gz": ox.RdfFormat.N_QUADS,
    "dump.trig.gz": ox.RdfFormat.TRIG,
    "dump.jsonld.gz": ox.RdfFormat.JSON_LD,
}


def write_dumps(store: ox.Store, folder: Path) -> dict[str, dict[str, object]]:
    """Write the dumps; return for each file its size in bytes and its SHA-256.

    The named graphs are dumped; the default graph, which repeats them, is left out.
    """
    quads = sorted(
        (q for q in store.quads_for_pattern(None, None, None, None) if isinstance(q.graph_name, ox.NamedNode)),
        key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)),
    )
    written: dict[str, dict[str, object]] = {}
    for name, form in FORMS.items():
        prefixes = PREFIXES if form == ox.RdfFormat.TRIG else None
        body = ox.serialize(quads, format=form, prefixes=prefixes) or b""
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, compresslevel=9) as file:
            file.write(body)
        content = packed.getvalue()
        (folder / name).write_bytes(content)
        written[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return written
