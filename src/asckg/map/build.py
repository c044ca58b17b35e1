"""A named map, whole: its query asked, its nodes laid out, and the result kept beside the build."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from asckg.engine import Engine
from asckg.map.data import Edge, MapData, Node, Region, links_of, map_data
from asckg.map.layout import laid_out
from asckg.question import Question, ask
from asckg.search.index import LabelIndex

FORM = 4  # of what is kept and of the layouts; a new one makes every map anew


def make_map(
    engine: Engine, labels: LabelIndex, question: Question, values: Mapping[str, str] | None = None, layout: str = ""
) -> MapData:
    """Return the map that a query file asks for, laid out."""
    return laid_out(map_data(question, links_of(question, ask(engine, question, values)), labels), layout)


def kept_map(
    folder: Path,
    engine: Engine,
    labels: LabelIndex,
    question: Question,
    values: Mapping[str, str] | None = None,
    layout: str = "",
) -> MapData:
    """Return the same, read from `folder` when it was made before with this query, these values and this data."""
    key = json.dumps([FORM, engine.version, question.text, sorted((values or {}).items()), layout])
    path = folder / f"{question.name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"
    if path.is_file():
        return _read(path)
    made = make_map(engine, labels, question, values, layout)
    folder.mkdir(parents=True, exist_ok=True)
    _keep(path, json.dumps(asdict(made), ensure_ascii=False))
    return made


def _keep(path: Path, text: str) -> None:
    # Requests that make one map at the same time each write a file of their own; the last to end stays.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _read(path: Path) -> MapData:
    stored = json.loads(path.read_text(encoding="utf-8"))
    nodes = tuple(Node(**node) for node in stored.pop("nodes"))
    edges = tuple(_edge(edge) for edge in stored.pop("edges"))
    regions = tuple(Region(**region) for region in stored.pop("regions"))
    return replace(MapData(**stored, nodes=(), edges=()), nodes=nodes, edges=edges, regions=regions)


def _edge(stored: dict[str, Any]) -> Edge:
    fields: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in stored.items()}
    return Edge(**fields)
