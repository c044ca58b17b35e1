"""The formats: what each is called, what it is for, and the function that makes it, loaded when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from asckg.engine import Engine
from asckg.error import AsckgError


@dataclass(frozen=True)
class Order:
    """What an export is made from: the engine, the data's version, the name of a network, the day, and what changed."""

    engine: Engine
    version: str
    network: str = "claims"
    day: date = date(2000, 1, 1)
    changes: str = ""


@dataclass(frozen=True)
class Form:
    """One format: its suffix, what it is for, how it is made, and whether it is text."""

    suffix: str
    about: str
    make: Callable[[Order, str], bytes]
    text: bool = True


def export(name: str, order: Order) -> bytes:
    """Return the graph in the format `name`, one of `FORMS`.

    Raises `AsckgError` on an unknown format, an unknown network, or a format whose library is missing.
    """
    if name not in FORMS:
        raise AsckgError(f"there is no format {name!r}; there are {', '.join(FORMS)}")
    try:
        return FORMS[name].make(order, name)
    except ImportError as error:
        raise AsckgError(f"{name} needs {error.name}, which is not installed; `pip install asckg[export]`") from error


def _rdf(order: Order, name: str) -> bytes:
    from asckg.export.rdf import to_rdf  # noqa: PLC0415 - each format loads its own library, when it is made

    return to_rdf(order.engine, name)


def _network(order: Order, name: str) -> bytes:
    from asckg.export.network import NETWORKS  # noqa: PLC0415 - as above
    from asckg.network import project  # noqa: PLC0415 - as above

    return NETWORKS[name](project(order.engine, order.network))


def _sheet(order: Order, _: str) -> bytes:
    from asckg.export.sheet import to_sheet  # noqa: PLC0415 - as above

    return to_sheet(order.engine)


def _sqlite(order: Order, _: str) -> bytes:
    from asckg.export.sqlite import to_sqlite  # noqa: PLC0415 - as above

    return to_sqlite(order.engine)


def _parquet(order: Order, _: str) -> bytes:
    from asckg.export.parquet import to_parquet  # noqa: PLC0415 - as above

    return to_parquet(order.engine)


def _reference(order: Order, name: str) -> bytes:
    from asckg.export.reference import REFERENCES  # noqa: PLC0415 - as above
    from asckg.export.work import find_works  # noqa: PLC0415 - as above

    return REFERENCES[name](find_works(order.engine)).encode()


def _sssom(order: Order, _: str) -> bytes:
    from asckg.export.sssom import to_sssom  # noqa: PLC0415 - as above

    return to_sssom(order.engine, order.version)


def _crate(order: Order, _: str) -> bytes:
    from asckg.export.crate import to_crate  # noqa: PLC0415 - as above

    return to_crate(order.engine, order.version, order.day, order.changes)


FORMS: dict[str, Form] = {
    "ttl": Form("ttl", "Turtle: the default graph", _rdf),
    "rdf": Form("rdf", "RDF/XML: the default graph", _rdf),
    "nt": Form("nt", "N-Triples: the default graph", _rdf),
    "trig": Form("trig", "TriG: every named graph", _rdf),
    "nq": Form("nq", "N-Quads: every named graph", _rdf),
    "jsonld": Form("jsonld", "JSON-LD: every named graph", _rdf),
    "graphml": Form("graphml", "GraphML: a network, for Gephi, yEd, igraph", _network),
    "gexf": Form("gexf", "GEXF: a network, for Gephi", _network),
    "cytoscape": Form("json", "Cytoscape JSON: a network", _network),
    "nodes": Form("csv", "CSV: the nodes of a network", _network),
    "edges": Form("csv", "CSV: the edges of a network", _network),
    "xlsx": Form("xlsx", "spreadsheet: a sheet for each kind of thing", _sheet, text=False),
    "sqlite": Form("sqlite", "SQLite: things, claims, evidence, works, links, issues", _sqlite, text=False),
    "parquet": Form("zip", "Parquet: the same tables, a file each", _parquet, text=False),
    "ris": Form("ris", "RIS: the references, for Zotero and EndNote", _reference),
    "bibtex": Form("bib", "BibTeX: the references, for LaTeX", _reference),
    "csl": Form("json", "CSL-JSON: the references", _reference),
    "citations": Form("txt", "text: the references, formatted, one a line", _reference),
    "rocrate": Form("zip", "RO-Crate 1.1 with DCAT and checksums: an archive to deposit", _crate, text=False),
    "sssom": Form("sssom.tsv", "SSSOM: the mappings to other vocabularies and registers", _sssom),
}
