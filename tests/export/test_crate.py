"""The RO-Crate, read back by the rocrate library and by its own checksums."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

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


VALIDATOR = os.environ.get("ASCKG_CRATE_VALIDATOR", sys.executable)
"""A Python with `roc-validator`, which needs an older `rich` than the project, and so an environment of its own."""


@pytest.fixture(scope="module")
def issues():
    """Return a function that gives what the validator says of a crate, a line an issue."""
    known = [VALIDATOR, "-c", "import rocrate_validator"]
    if subprocess.run(known, capture_output=True, check=False).returncode:
        pytest.skip("roc-validator is not there; name a Python that has it and rocrate in ASCKG_CRATE_VALIDATOR")
    program = [VALIDATOR, str(Path(__file__).with_name("validate.py"))]
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def ask(folder):
        done = subprocess.run([*program, str(folder)], capture_output=True, text=True, check=False, env=outside)
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout.splitlines()

    return ask


def test_an_independent_validator_finds_the_crate_as_required_and_as_recommended(unpacked, issues):
    assert issues(unpacked) == []


def test_the_validator_does_find_what_is_amiss(unpacked, issues, tmp_path):
    spoilt = shutil.copytree(unpacked, tmp_path / "spoilt")
    path = spoilt / "ro-crate-metadata.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    (root,) = [node for node in document["@graph"] if node["@id"] == "./"]
    del root["datePublished"]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert any(line.startswith("REQUIRED") and "datePublished" in line for line in issues(spoilt))


def test_the_crate_says_who_made_it(unpacked):
    graph = {node["@id"]: node for node in json.loads((unpacked / "ro-crate-metadata.json").read_text())["@graph"]}
    maker = graph[graph["./"]["author"]["@id"]]
    assert (maker["@type"], maker["name"]) == ("Organization", "The asckg maintainers")
