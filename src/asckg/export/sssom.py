"""SSSOM: every mapping of the graph as a table that mapping tools read."""

import csv
import io
from collections.abc import Iterable

import yaml

from asckg.cell import safe
from asckg.engine import Engine
from asckg.named import labels
from asckg.namespace import PREFIXES, compact

_MAPPINGS = """
SELECT ?subject ?predicate ?object WHERE {
  VALUES ?predicate { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }
  ?subject ?predicate ?object FILTER(isIRI(?subject) && isIRI(?object))
} ORDER BY ?subject ?predicate ?object
"""
_COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification")
_JUSTIFIED = "semapv:ManualMappingCuration"


def to_sssom(engine: Engine, version: str) -> bytes:
    """Return the SKOS matches of the default graph as SSSOM TSV with its metadata in the head."""
    triples = [tuple(term.value for term in row if term is not None) for row in engine.select(_MAPPINGS).rows]
    names = labels(engine, [iri for subject, _, target in triples for iri in (subject, target)])
    stream = io.StringIO(newline="")
    for line in yaml.safe_dump(_metadata(version, triples), sort_keys=True, allow_unicode=True).splitlines():
        stream.write(f"#{line}\n")
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for subject, predicate, target in triples:
        ends = (compact(subject), names[subject], compact(predicate), compact(target), names[target])
        writer.writerow([*map(safe, ends), _JUSTIFIED])
    return stream.getvalue().encode()


def _metadata(version: str, triples: Iterable[tuple[str, ...]]) -> dict[str, object]:
    used = {compact(iri).partition(":")[0] for triple in triples for iri in triple}
    known = {prefix: PREFIXES[prefix] for prefix in ("r", "skos", *used) if prefix in PREFIXES}
    return {
        "mapping_set_id": f"https://w3id.org/asckg/mappings/{version}",
        "mapping_set_version": version,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "curie_map": {**known, "semapv": "https://w3id.org/semapv/vocab/"},
    }
