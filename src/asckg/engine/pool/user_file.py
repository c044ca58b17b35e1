"""The file of a user's own graphs: sorted N-Quads, and a comment for each graph that has no quads."""

import re
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

_EMPTY = re.compile(rb"# empty graph <(.*)>")


def written(own: Store) -> bytes:
    """Return the bytes of the file for the graphs in `own`: the same for the same graphs."""
    lines = (own.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    for graph in own.named_graphs():
        if isinstance(graph, NamedNode) and next(own.quads_for_pattern(None, None, None, graph), None) is None:
            lines.append(f"# empty graph {graph}\n".encode())
    return b"".join(sorted(lines))


def read(path: Path, store: Store) -> None:
    """Add the graphs in the file to `store`; nothing where there is no file."""
    if not path.exists():
        return
    store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    with path.open("rb") as file:
        for line in file:  # a sorted file has its comments first
            match = _EMPTY.match(line)
            if match is None:
                break
            store.add_graph(NamedNode(match[1].decode()))
