import gzip
import json
import os
from pathlib import Path

import pytest

from asckg import AsckgError
from asckg.build import build, current, make
from asckg.corpus import Corpus
from asckg.engine.embedded import EmbeddedEngine
from asckg.namespace import GRAPH, ID
from asckg.term import Term
from build_case import building, built_on_small_disk, write_table


def made(corpus: Path, home: Path):
    return build(Corpus.open(corpus), home)


def test_build_rebuilds_the_shortcut_of_each_claim(corpus, tmp_path):
    engine = EmbeddedEngine.open(made(corpus, tmp_path / "h").store_path, "1")
    question = "ASK { GRAPH <%sshortcuts> { r:barrier-no-quiet-carriage asc:hinders r:activity-reading-on-trains } }"
    assert engine.ask(question % GRAPH)


def test_default_graph_holds_each_triple_once(corpus, tmp_path):
    engine = EmbeddedEngine.open(made(corpus, tmp_path / "h").store_path, "1")
    rows = engine.select("SELECT (COUNT(*) AS ?n) { r:barrier-no-quiet-carriage a asc:Barrier }")
    assert rows.dicts() == [{"n": 1}]


def test_same_corpus_gives_the_same_dumps_byte_for_byte(corpus, tmp_path):
    first, second = made(corpus, tmp_path / "a"), made(corpus, tmp_path / "b")
    assert first.manifest["dumps"] == second.manifest["dumps"]
    for name in first.manifest["dumps"]:
        assert (first.path / name).read_bytes() == (second.path / name).read_bytes()


def test_dump_reads_back_as_the_named_graphs(corpus, tmp_path):
    found = made(corpus, tmp_path / "h")
    lines = gzip.decompress((found.path / "dump.nq.gz").read_bytes()).decode().splitlines()
    assert len(lines) == sum(found.manifest["graphs"].values())


def test_build_of_an_unchanged_corpus_is_the_one_that_is_there(corpus, tmp_path):
    first = made(corpus, tmp_path / "h")
    stamp = (first.path / "manifest.json").stat().st_mtime_ns
    assert (made(corpus, tmp_path / "h").path / "manifest.json").stat().st_mtime_ns == stamp


def test_changed_file_gives_a_new_version_and_keeps_the_old_one_beside(corpus, tmp_path):
    first = made(corpus, tmp_path / "h")
    file = corpus / "graph_data/porter-1999/claim.ttl"
    file.write_text(file.read_text() + "\nr:place-crewe\n    a asc:Place .\n")
    second = made(corpus, tmp_path / "h")
    assert second.version != first.version
    assert current(tmp_path / "h").version == second.version
    assert first.path.is_dir()


def test_syntax_errors_of_all_files_are_reported_at_once_and_the_old_build_stays(corpus, tmp_path):
    first = made(corpus, tmp_path / "h")
    for name in ("one", "two"):
        (corpus / f"graph_data/porter-1999/{name}.ttl").write_text("@prefix r: <x> .\nr:a r:b\n")
    with pytest.raises(AsckgError) as caught:
        made(corpus, tmp_path / "h")
    assert "one.ttl:" in str(caught.value)
    assert "two.ttl:" in str(caught.value)
    assert current(tmp_path / "h").version == first.version


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes to read-only folders")
def test_read_only_home_is_named_with_the_way_out(corpus, tmp_path):
    home = tmp_path / "h"
    home.mkdir(mode=0o500)
    with pytest.raises(AsckgError, match="choose another folder with --home"):
        made(corpus, home)


def test_home_that_is_a_file_is_named_with_the_way_out(corpus, tmp_path):
    home = tmp_path / "h"
    home.write_text("")
    with pytest.raises(AsckgError, match="choose another folder with --home"):
        made(corpus, home)


def test_full_disk_leaves_the_old_build(corpus, tmp_path):
    first = made(corpus, tmp_path / "h")
    file = corpus / "graph_data/porter-1999/claim.ttl"
    file.write_text(file.read_text() + "\nr:place-crewe\n    a asc:Place .\n")
    run = built_on_small_disk(corpus, tmp_path / "h", 512)
    assert "the previous build is untouched" in run.stdout
    assert current(tmp_path / "h").version == first.version
    assert [p.name for p in (tmp_path / "h/builds").iterdir()] == [first.version]


STEPS = ("loading rows.nt", "sorting the store", "writing the dumps", "taking it into use")


@pytest.mark.parametrize("step", STEPS)
def test_build_killed_at_any_step_leaves_the_one_before_and_no_folder_for_ever(corpus, tmp_path, step):
    home = tmp_path / "h"
    builds = home / "builds"
    first = made(corpus, home)
    write_table(corpus, 10)
    with building(corpus, home, step):
        pass
    assert current(home).version == first.version
    assert EmbeddedEngine.open(current(home).store_path, first.version).ask("ASK { ?b asc:hinders ?a }")
    assert list(builds.glob(".new-*"))
    build(Corpus.open(corpus), home, force=True)
    assert not list(builds.glob(".*"))


def test_builds_of_two_processes_at_once_do_not_meet(corpus, tmp_path, monkeypatch):
    home = tmp_path / "h"
    taken = []

    def free(builds: Path, version: str) -> Path:
        """Have another process take the place that was found."""
        place = found(builds, version)
        if not taken:
            taken.append(place)
            (place / "theirs").mkdir(parents=True)
        return place

    found = make._free
    monkeypatch.setattr(make, "_free", free)
    home.mkdir()
    pointer = home / ".current.new"
    pointer.write_text("what another one is about to write")
    mine = made(corpus, home)
    assert (mine.path, current(home).path) == (taken[0].with_name(f"{taken[0].name}-2"),) * 2
    assert pointer.read_text() == "what another one is about to write"


def test_forced_build_of_the_same_version_leaves_the_one_that_a_server_reads(corpus, tmp_path):
    first = made(corpus, tmp_path / "h")
    second = build(Corpus.open(corpus), tmp_path / "h", force=True)
    assert (second.version, second.path) == (first.version, current(tmp_path / "h").path)
    assert EmbeddedEngine.open(first.store_path, "1").ask("ASK { ?b asc:hinders ?a }")
    assert second.path != first.path


def test_build_of_another_format_is_refused_with_the_next_step(corpus, tmp_path):
    first = made(corpus, tmp_path / "h")
    manifest = first.path / "manifest.json"
    manifest.write_text(json.dumps({**first.manifest, "format": 0}))
    with pytest.raises(AsckgError, match="run `asckg build`"):
        current(tmp_path / "h")


def test_missing_build_is_named_with_the_next_step(tmp_path):
    with pytest.raises(AsckgError, match="run `asckg build`"):
        current(tmp_path)


def test_catalogue_declares_prefixes_and_example_queries(corpus, tmp_path):
    engine = EmbeddedEngine.open(made(corpus, tmp_path / "h").store_path, "1")
    assert engine.ask('ASK { ?d sh:prefix "asc" ; sh:namespace ?n }')
    found = engine.describe(f"{ID}query-barriers")
    assert any("SELECT ?barrier" in o.value for _, _, o in found)
    assert Term.iri("http://www.w3.org/ns/shacl#SPARQLExecutable") in [o for _, _, o in found]
