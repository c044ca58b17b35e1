"""The quads of a store as one packed file beside it, which is read into memory in a third of the store's own time."""

import gzip
import shutil
import zlib
from pathlib import Path

from pyoxigraph import RdfFormat, Store

_NAME = "store.nq.gz"
_PIECE = 1 << 20


def pack(quads: Path, store_path: Path) -> None:
    """Write the N-Quads file `quads`, which holds what the store at `store_path` holds, beside that store."""
    with quads.open("rb") as plain, gzip.open(store_path.with_name(_NAME), "wb", compresslevel=1) as packed:
        shutil.copyfileobj(plain, packed, _PIECE)


def in_memory(store_path: Path) -> Store:
    """Return a store in memory with all of the store at `store_path`: from the file beside it if that is whole."""
    store = Store()
    try:
        quads = gzip.decompress(store_path.with_name(_NAME).read_bytes())
    except (OSError, EOFError, zlib.error):  # of an older asckg, of a large table, or cut short: the store has it all
        quads = b""
    if quads:
        store.bulk_load(quads, RdfFormat.N_QUADS, lenient=True)  # a store wrote it
    else:
        store.bulk_load(Store.read_only(str(store_path)).dump(format=RdfFormat.N_QUADS), RdfFormat.N_QUADS)
    return store
