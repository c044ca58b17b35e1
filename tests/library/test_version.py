"""The version of the data, the same wherever it stands."""


def test_the_catalogue_names_the_version_of_the_build(graph):
    rows = graph.query("SELECT ?version ?iri WHERE { r:dataset-asckg owl:versionInfo ?version ; owl:versionIRI ?iri }")
    (row,) = rows.dicts()
    assert row["version"] == graph.build.version
    assert row["iri"].endswith(f"/version/{graph.build.version}")
