"""The shapes as rewritten for speed find what the shapes as written find."""

import dataclasses
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pyshacl
import pytest

import worked_example
from asckg.check import load_material
from asckg.check.material import Material, Part
from asckg.check.plan import plan
from asckg.check.shape import graph_of
from asckg.corpus import Corpus


def results(material: Material, *, planned: bool) -> set[tuple[str, ...]]:
    shapes = graph_of(s.parsed.triples for s in material.part(Part.SHAPE))
    data = graph_of(s.parsed.triples for s in material.part(Part.ONTOLOGY, Part.SCHEME, Part.DATA))
    if planned:
        plan(shapes, data)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    rows = report.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?focus ?value ?message ?severity {
        ?r a sh:ValidationResult ; sh:focusNode ?focus ; sh:resultMessage ?message ; sh:resultSeverity ?severity
        OPTIONAL { ?r sh:value ?value } }"""
    )
    return {tuple(str(term) for term in row) for row in rows}


def spoilt(material: Material, random: Random) -> Material:
    """Return the material with a tenth of the data's statements lost and a tenth with another's object."""
    sources = []
    for source in material.sources:
        triples = list(source.parsed.triples)
        if source.part is Part.DATA:
            objects = [triple.object for triple in triples]
            kept = [triple for triple in triples if random.random() > 0.1]
            triples = [
                t if random.random() > 0.1 else ox.Triple(t.subject, t.predicate, random.choice(objects)) for t in kept
            ]
        sources.append(dataclasses.replace(source, parsed=dataclasses.replace(source.parsed, triples=tuple(triples))))
    return Material.of(sources)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_plan_changes_no_result(seed: int, tmp_path: Path) -> None:
    material, _ = load_material(Corpus.open(worked_example.write(tmp_path / "corpus")))
    material = spoilt(material, Random(seed))  # noqa: S311 - the data are spoilt, not encrypted
    found = results(material, planned=True)
    assert found
    assert found == results(material, planned=False)
