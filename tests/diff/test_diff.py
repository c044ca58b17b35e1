"""What changed between two versions, as a curator reads it."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

from asckg import AsckgError, Graph
from asckg.cli.diff import command
from asckg.diff import as_triples, compare, in_words, read_version

ROOT = Path(__file__).parents[2]
TRAINS = (ROOT / "tests" / "fixture" / "graph_data" / "porter-1999" / "all.ttl").read_text(encoding="utf-8")
ADDED = """
r:claim-new a asc:Claim ; asc:subject r:barrier-dim-lamps ; asc:predicate asc:hinders ;
    asc:object r:activity-reading-on-trains ; asc:setting v:local-authority ; asc:stance v:asserted ;
    asc:paraphrase "Councils have dim lamps too."@en ; prov:wasDerivedFrom r:porter-1999-mid-p1-s2 .
r:org-guild-of-porters skos:exactMatch <https://example.org/guild> .
"""

ROW = {
    "subject_id": "r:org-guild-of-porters",
    "predicate_id": "skos:exactMatch",
    "object_id": "ror:0187kwz08",
    "mapping_justification": "semapv:ManualMappingCuration",
    "author_label": "A curator",
    "mapping_date": "2026-01-02",
    "other": "status=accepted",
}


@pytest.fixture
def versions(tmp_path):
    changed = TRAINS.replace('"Guild of Porters"@en', '"Guild of the Porters"@en')
    changed = changed.replace(
        "asc:setting v:care-home ; asc:paraphrase", "asc:setting v:social-work ; asc:paraphrase"
    ).replace("r:work-guard-1997 , r:work-lamp-1998", "r:work-guard-1997")
    for name, text in (("old", TRAINS), ("new", changed + ADDED)):
        folder = tmp_path / name / "porter-1999"
        folder.mkdir(parents=True)
        (folder / "all.ttl").write_text(text, encoding="utf-8")
    return str(tmp_path / "old"), str(tmp_path / "new")


def difference(versions):
    return compare(*map(read_version, versions))


def test_an_added_claim_is_told_with_its_words_and_sentence(versions):
    told = in_words(difference(versions))
    assert "1 claim added, 2 changed, 0 withdrawn; 1 label changed; 1 link added, 0 removed" in told
    assert "+ r:claim-new: Councils have dim lamps too." in told
    assert "from Middle, paragraph 1, sentence 2" in told


def test_the_other_way_round_it_is_withdrawn(versions):
    assert difference(reversed(versions)).claims_withdrawn == ("r:claim-new",)


def test_a_claim_that_lost_a_work_is_changed_in_its_literature(versions):
    (edit,) = [edit for edit in difference(versions).edits if edit.name == "r:claim-no-quiet"]
    assert edit.property.startswith("cito:citesAsEvidence")
    assert (edit.old, edit.new) == (("Guard et al. (1997)", "Lamp (1998)"), ("Guard et al. (1997)",))


def test_a_changed_setting_is_told_before_and_after(versions):
    (edit,) = [edit for edit in difference(versions).edits if edit.name == "r:claim-dim"]
    assert (edit.property, edit.old, edit.new) == ("asc:setting", ("v:care-home",), ("v:social-work",))


def test_a_changed_label_and_a_new_link_are_told(versions):
    told = in_words(difference(versions))
    assert "  ~ r:org-guild-of-porters: Guild of Porters\n      now: Guild of the Porters\n" in told
    assert "+ r:org-guild-of-porters: Guild of the Porters, is the same as https://example.org/guild" in told


def test_properties_are_called_what_a_curator_calls_them(versions):
    told = in_words(difference(versions))
    assert re.search(r"      works cited \(.*\): Guard et al. \(1997\); Lamp \(1998\) -> Guard et al. \(1997\)\n", told)
    assert "cito:" not in told


def test_a_changed_paraphrase_is_told_before_and_after(versions, tmp_path):
    file = tmp_path / "new" / "porter-1999" / "all.ttl"
    file.write_text(TRAINS.replace("Dim lamps tire the eyes.", "Dim lamps strain the eyes."), encoding="utf-8")
    told = in_words(difference(versions))
    assert "~ r:claim-dim: Dim lamps tire the eyes.\n      now: Dim lamps strain the eyes.\n" in told


def test_what_changed_of_another_thing_is_told(versions, tmp_path):
    file = tmp_path / "new" / "porter-1999" / "all.ttl"
    file.write_text(TRAINS.replace('skos:altLabel "The Porters"@en ; ', ""), encoding="utf-8")
    assert "The Porters" not in file.read_text(encoding="utf-8")
    assert "~ r:org-guild-of-porters: Guild of Porters\n      other names: taken away The Porters\n" in in_words(
        difference(versions)
    )


@pytest.fixture
def linked(tmp_path):
    """A corpus before and after a decision on a link."""
    for name in ("before", "after"):
        root = tmp_path / name
        shutil.copytree(ROOT / "tests" / "fixture" / "graph_data", root / "graph_data")
        shutil.copytree(ROOT / "ontology", root / "ontology")
        (root / "queries").mkdir()
    table = tmp_path / "after" / "graph_data" / "links" / "ror.sssom.tsv"
    table.parent.mkdir()
    table.write_text("\t".join(ROW) + "\n" + "\t".join(ROW.values()) + "\n", encoding="utf-8")
    return tmp_path / "before", tmp_path / "after"


def test_a_decision_on_a_link_is_one_link_added(linked):
    told = in_words(compare(*(read_version(str(root)) for root in linked)))
    assert "1 link added, 0 removed" in told
    assert "+ r:org-guild-of-porters: Guild of Porters, is the same as https://ror.org/0187kwz08" in told
    assert "Things added" not in told


def test_a_corpus_and_its_build_say_the_same(linked):
    build = Graph.open(linked[1], home=linked[1] / "home").build.path
    assert not compare(read_version(str(linked[1])), read_version(str(build)))


def test_triples_turn_the_old_version_into_the_new(versions):
    old, new = (rdflib.Graph().parse(Path(name) / "porter-1999" / "all.ttl") for name in versions)
    for line in as_triples(difference(versions)).splitlines():
        triple = next(iter(rdflib.Graph().parse(data=line[2:], format="nt")))
        old = old - rdflib.Graph().add(triple) if line[0] == "-" else old + rdflib.Graph().add(triple)
    assert set(old) == set(new)


def test_a_version_does_not_differ_from_itself(versions):
    same = compare(read_version(versions[0]), read_version(versions[0]))
    assert not same
    assert "say the same" in in_words(same)
    assert as_triples(same) == ""


def test_a_build_and_its_packed_dump_say_the_same(tmp_path):
    root = tmp_path / "corpus"
    shutil.copytree(ROOT / "tests" / "fixture" / "graph_data", root / "graph_data")
    shutil.copytree(ROOT / "ontology", root / "ontology")
    (root / "queries").mkdir()
    (root / "graph_data" / "links" / "external").mkdir(parents=True)
    (root / "graph_data" / "links" / "external" / "rows.nt").write_text("<x:a> <x:b> <x:c> .\n")
    build = Graph.open(root, home=tmp_path / "home").build.path
    (tmp_path / "dump.nq").write_bytes(gzip.decompress((build / "dump.nq.gz").read_bytes()))
    assert not compare(read_version(str(build)), read_version(str(tmp_path / "dump.nq")))
    assert not compare(read_version(str(root)), read_version(str(build)))
    assert "x:a" not in read_version(str(build)).things


def test_a_git_revision_is_a_version(tmp_path):
    folder = tmp_path / "graph_data" / "porter-1999"
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    (tmp_path / "queries").mkdir()
    (folder / "all.ttl").write_text(TRAINS, encoding="utf-8")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A Curator", "-c", "user.email=curator@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "First"]):
        subprocess.run([*git, *arguments], check=True)
    (folder / "all.ttl").write_text(TRAINS + ADDED, encoding="utf-8")
    found = compare(read_version("HEAD", tmp_path), read_version(str(tmp_path)))
    assert found.claims_added == ("r:claim-new",)
    assert [str(link[0]) for link in found.links_added] == ["r:org-guild-of-porters"]


@pytest.mark.parametrize("name", ["no-such-revision", "--upload-pack=x"])
def test_a_version_that_is_none_is_an_error(tmp_path, name):
    with pytest.raises(AsckgError, match="revision"):
        read_version(name, tmp_path)


def test_a_syntax_error_names_its_place(tmp_path):
    (tmp_path / "a.ttl").write_text("r:a r:b .", encoding="utf-8")
    with pytest.raises(AsckgError, match=r"a\.ttl:1"):
        read_version(str(tmp_path))


@pytest.mark.parametrize(("places", "status"), [((0, 1), 1), ((0, 0), 0)])
def test_the_exit_code_says_whether_versions_differ(versions, places, status):
    chosen = [versions[place] for place in places]
    assert CliRunner().invoke(command, [*chosen, "--exit-code"]).exit_code == status
