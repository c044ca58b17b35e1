"""RO-Crate 1.1: the data set in every form of RDF and as tables, described by DCAT, with checksums and licences."""

import hashlib
import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from rocrate.model import ContextEntity
from rocrate.rocrate import ROCrate

from asckg.caveat import CAVEAT
from asckg.engine import Engine
from asckg.export.archive import add
from asckg.export.network import to_edge_csv, to_graphml, to_node_csv
from asckg.export.rdf import to_rdf
from asckg.export.sqlite import to_sqlite
from asckg.namespace import BASE, ID, PREFIXES, expand
from asckg.network import project

TITLE = "asckg: a knowledge graph of actors, policies and evidence in adult social care research"
ABOUT = (
    "What one evidence synthesis (November 2023, England) says about research and practice collaboration in adult "
    f"social care: each statement with its sentence's position and the works cited. {CAVEAT}"
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MAKERS = f"{ID}org-asckg-maintainers"
_MEDIA = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "jsonld": "application/ld+json",
    "graphml": "application/graphml+xml",
    "csv": "text/csv",
    "sqlite": "application/vnd.sqlite3",
}


def to_crate(engine: Engine, version: str, day: date, changes: str = "") -> bytes:
    """Return a zip archive: `ro-crate-metadata.json`, `data/…`, `dcat.ttl`, `CHANGES.txt` and `SHA256SUMS`.

    `version` is that of the data and gives the version IRI; `day` is the day of publication;
    `changes` says what changed since the version before, and has no file when it is empty.
    """
    files = _files(engine)
    if changes:
        files["CHANGES.txt"] = changes.encode()
    files["dcat.ttl"] = _dcat(files, version, day)
    files["SHA256SUMS"] = "".join(f"{_sha256(files[name])}  {name}\n" for name in sorted(files)).encode()
    with tempfile.TemporaryDirectory(prefix="asckg-") as folder:
        files["ro-crate-metadata.json"] = _metadata(files, Path(folder), version, day)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            add(archive, name, files[name])
    return stream.getvalue()


def version_iri(version: str) -> str:
    """Return the IRI that names this version of the data for ever."""
    return f"{BASE}version/{version}"


def _files(engine: Engine) -> dict[str, bytes]:
    claims = project(engine, "claims")
    made = {f"data/asckg.{form}": to_rdf(engine, form) for form in ("ttl", "trig", "nq", "jsonld")}
    return made | {
        "data/asckg.graphml": to_graphml(claims),
        "data/nodes.csv": to_node_csv(claims),
        "data/edges.csv": to_edge_csv(claims),
        "data/asckg.sqlite": to_sqlite(engine),
    }


def _metadata(files: dict[str, bytes], folder: Path, version: str, day: date) -> bytes:
    crate = ROCrate(version="1.1")
    crate.name, crate.description = TITLE, ABOUT
    crate.datePublished = day.isoformat()
    crate.license = crate.add(ContextEntity(crate, LICENCE, {"@type": "CreativeWork", "name": "CC BY 4.0"}))
    makers = ContextEntity(crate, MAKERS, {"@type": "Organization", "name": "The asckg maintainers", "url": BASE})
    crate.root_dataset["author"] = crate.root_dataset["publisher"] = crate.add(makers)
    crate.root_dataset["version"] = version
    crate.root_dataset["identifier"] = version_iri(version)
    for name, content in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        described = {
            "name": Path(name).name,
            "contentSize": str(len(content)),
            "encodingFormat": _media(name),
            "sha256": _sha256(content),
        }
        crate.add_file(path, name, properties=described)
    crate.metadata.write(folder)
    return (folder / "ro-crate-metadata.json").read_bytes()


def _dcat(files: dict[str, bytes], version: str, day: date) -> bytes:
    dataset = version_iri(version)
    triples = [
        _triple(dataset, "rdf:type", _iri("dcat:Dataset")),
        _triple(dataset, "dct:title", ox.Literal(TITLE, language="en")),
        _triple(dataset, "dct:description", ox.Literal(ABOUT, language="en")),
        _triple(dataset, "dct:license", ox.NamedNode(LICENCE)),
        _triple(dataset, "dct:issued", ox.Literal(day.isoformat(), datatype=_iri("xsd:date"))),
        _triple(dataset, "owl:versionInfo", ox.Literal(version)),
    ]
    spdx = "http://spdx.org/rdf/terms#"
    for name, content in sorted(files.items()):
        part, checksum = f"{dataset}/{name}", f"{dataset}/{name}#checksum"
        triples += [
            _triple(dataset, "dcat:distribution", ox.NamedNode(part)),
            _triple(part, "rdf:type", _iri("dcat:Distribution")),
            _triple(part, "dct:title", ox.Literal(name)),
            _triple(
                part, "dcat:mediaType", ox.NamedNode(f"https://www.iana.org/assignments/media-types/{_media(name)}")
            ),
            _triple(part, "dcat:byteSize", ox.Literal(str(len(content)), datatype=_iri("xsd:nonNegativeInteger"))),
            ox.Triple(ox.NamedNode(part), ox.NamedNode(f"{spdx}checksum"), ox.NamedNode(checksum)),
            ox.Triple(
                ox.NamedNode(checksum),
                ox.NamedNode(f"{spdx}algorithm"),
                ox.NamedNode(f"{spdx}checksumAlgorithm_sha256"),
            ),
            ox.Triple(ox.NamedNode(checksum), ox.NamedNode(f"{spdx}checksumValue"), ox.Literal(_sha256(content))),
        ]
    prefixes = {**PREFIXES, "spdx": spdx}
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def _triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), _iri(predicate), value)


def _iri(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def _media(name: str) -> str:
    return _MEDIA.get(Path(name).suffix[1:], "text/plain")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
