"""The RO-Crate, read back by the rocrate library and by its own checksums."""

import hashlib
import io
import json
import zipfile

import pytest
import rdflib
from rocrate.rocrate import ROCrate


@pytest.fixture(scope="module")
def unpacked(exported, tmp_path_factory):
    folder = tmp_path_factory.mktemp("crate")
    with zipfile.ZipFile(io.BytesIO(exported("rocrate"))) as archive:
        archive.extractall(folder)
    return folder


def test_the_crate_is_read_by_the_library_with_its_files(unpacked):
    crate = ROCrate(unpacked)
    assert crate.metadata["conformsTo"] == "https://w3id.org/ro/crate/1.1"
    assert {entity.id for entity in crate.data_entities} >= {"data/asckg.ttl", "data/asckg.sqlite", "dcat.ttl"}
    assert str(crate.root_dataset["datePublished"]).startswith("2026-01-02")


def test_every_required_property_of_the_root_is_there(unpacked):
    graph = json.loads((unpacked / "ro-crate-metadata.json").read_text())["@graph"]
    (root,) = [node for node in graph if node["@id"] == "./"]
    assert {"name", "description", "datePublished", "license"} <= set(root)
    assert root["identifier"].startswith("https://w3id.org/asckg/version/")


def test_every_checksum_fits(unpacked):
    lines = (unpacked / "SHA256SUMS").read_text().splitlines()
    assert len(lines) >= 9
    for line in lines:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == digest, name


def test_dcat_describes_each_distribution_with_its_checksum(unpacked):
    graph = rdflib.Graph().parse(unpacked / "dcat.ttl")
    query = """
    PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
    SELECT ?sum WHERE { ?d a dcat:Dataset ; dcat:distribution ?part . ?part spdx:checksum/spdx:checksumValue ?sum }
    """
    sums = {str(row[0]) for row in graph.query(query)}
    assert hashlib.sha256((unpacked / "data/asckg.ttl").read_bytes()).hexdigest() in sums
    assert len(sums) == 8
