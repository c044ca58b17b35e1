"""Each kind of finding, shown by one spoilt file of the worked example."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import worked_example
from asckg.check import CODES, check, check_without_shapes
from asckg.cli import cli
from asckg.corpus import Corpus
from asckg.finding import Finding

LONG = "A claim that says far too much. " * 10
CLAIM, THING, SCHEME, DOCUMENT = (
    f"graph_data/porter-1999/{name}.ttl" for name in ("claim", "thing", "scheme", "document")
)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = worked_example.write(tmp_path_factory.mktemp("sound"))
    copy, skeleton = root / "porter-1999.txt", root / DOCUMENT
    arguments = ["source", "outline", str(copy), "--corpus", str(root), "-o", str(skeleton)]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    return root


@pytest.fixture
def root(sound: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sound, tmp_path / "corpus")


def spoil(path: Path, old: str, new: str) -> int:
    """Replace a text in a file and return the line of the change."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def quick(root: Path) -> list[Finding]:
    """Return the findings of everything but the shapes, whose process takes a second to start."""
    return check_without_shapes(Corpus.open(root))


def test_the_worked_example_has_no_finding(root: Path) -> None:
    assert check(Corpus.open(root)) == []


HAND = "    asc:hinders r:activity-reading-on-trains ;\n    asc:theme v:"
PERSON = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix r: <https://w3id.org/asckg/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

r:person-flag
    a foaf:Person ;
    prov:wasDerivedFrom r:porter-1999-said-p1-s1 ;
    skos:prefLabel "Flag"@en .
"""
SPOILT = {
    "a literal without its quote": ("G001", THING, '"Cushions"@en', '"Cushions@en'),
    "a comment in the middle": ("G002", THING, "r:enabler-cushions\n", "# soft\nr:enabler-cushions\n"),
    "two spaces": ("G002", THING, "    a asc:Enabler ;\n", "    a  asc:Enabler ;\n"),
    "a blank node": ("G003", THING, "prov:wasDerivedFrom r:porter-1999-said-p1-s2", "prov:wasDerivedFrom []"),
    "a prefix that is not declared": ("G004", THING, "org:classification", "orgs:classification"),
    "a prefix bound elsewhere": ("G004", THING, "<http://www.w3.org/ns/org#>", "<http://example.org/org#>"),
    "an object that is nothing": ("G006", CLAIM, "asc:object r:activity-reading-on-trains", "asc:object r:activity-x"),
    "a predicate that is nothing": ("G006", THING, "asc:theme", "asc:thema"),
    "one label for two concepts": ("G007", SCHEME, '"Branch line"@en', '"care homes"@en'),
    "a thing in two blocks": ("G008", THING, "r:enabler-cushions\n", "r:barrier-no-quiet-carriage\n"),
    "a thing in two files": ("G008", THING, "r:enabler-cushions\n", "r:work-guard-1997\n"),
    "capitals in a name": ("G009", THING, "r:enabler-cushions\n", "r:enabler-Cushions\n"),
    "a name without its kind": ("G009", THING, "r:enabler-cushions\n", "r:cushions\n"),
    "a thing without a source": ("G010", THING, "    prov:wasDerivedFrom r:porter-1999-said-p1-s2 ;\n", ""),
    "a claim without a sentence": ("G011", CLAIM, "r:porter-1999-said-p1-s2 .", "r:porter-1999-said ."),
    "a paraphrase too long": ("G012", CLAIM, "Cushions can offset some of the din", LONG),
    "literature without a work": ("G013", CLAIM, "cito:citesAsEvidence r:work-guard-1997", "asc:quantifier v:one"),
    "testimony with a person": ("G014", CLAIM, "asc:quantifier v:one", "prov:wasAttributedTo r:person-flag"),
    "a claim without an object": ("G015", CLAIM, "    asc:object r:activity-reading-on-trains ;\n", ""),
    "a predicate off the list": ("G015", CLAIM, "asc:predicate asc:facilitates", "asc:predicate asc:theme"),
    "a shortcut typed by hand": ("G016", THING, "    asc:theme v:", HAND),
    "a digest cut short": ("G019", DOCUMENT, 'asc:sha256 "', 'asc:sha256 "abc" ;\n    skos:note "'),
}


@pytest.mark.parametrize(("code", "file", "old", "new"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_file_gives_its_code_at_its_place(code: str, file: str, old: str, new: str, root: Path) -> None:
    path = root / file
    (path.parent / "person.ttl").write_text(PERSON)
    line = spoil(path, old, new)
    found = [finding for finding in quick(root) if (finding.code, finding.path) == (code, str(path))]
    assert any(0 <= line - finding.line <= 12 for finding in found)


def test_a_file_that_is_not_utf8_gives_its_code(root: Path) -> None:
    (root / THING).write_bytes(b'<urn:a> <urn:b> "\xff" .')
    assert [f.code for f in quick(root) if f.path.endswith("thing.ttl")] == ["G021"]


def test_an_outline_without_sections_gives_its_code(root: Path) -> None:
    (root / "graph_data/porter-1999/outline.yaml").write_text("key: porter-1999\ntitle: Quiet\n")
    found = quick(root)
    assert [(f.code, Path(f.path).name) for f in found] == [("G022", "outline.yaml")]
    assert "sections" in found[0].message


HEAD = "#+ title: All\n#+ description: All.\n"
QUERIES = {
    "no header": ("G017", 1, "SELECT * { ?s ?p ?o }\n"),
    "a header without a title": ("G017", 1, "#+ description: All.\nSELECT * { ?s ?p ?o }\n"),
    "a header that is no YAML": ("G017", 2, "#+ title: All\n#+ tags: [a\nSELECT * { ?s ?p ?o }\n"),
    "a query cut short": ("G018", 4, "#+ title: All\n#+ description: All.\nSELECT * {\n  ?s ?p\n"),
    "testimony and people": (
        "G020",
        1,
        f"{HEAD}SELECT * {{ ?l asc:basis v:stakeholder-testimony . ?p a foaf:Person}}",
    ),
}


@pytest.mark.parametrize(("code", "line", "text"), QUERIES.values(), ids=QUERIES)
def test_a_bad_query_gives_its_code_at_its_line(code: str, line: int, text: str, root: Path) -> None:
    path = root / "queries" / "questions" / "all.rq"
    path.write_text(text)
    found = quick(root)
    assert [(f.code, f.path) for f in found] == [(code, str(path))]
    assert abs(found[0].line - line) <= 1


def test_a_shape_that_is_not_met_is_told_at_the_block_of_its_thing(root: Path) -> None:
    spoil(root / CLAIM, "    asc:stance v:asserted ;\n", "")
    found = check(Corpus.open(root))
    assert [(f.code, f.path, f.line) for f in found] == [("G005", str(root / CLAIM), 7)]
    assert "stance" in found[0].message


def test_all_bad_files_are_told_at_once(root: Path) -> None:
    spoil(root / CLAIM, "asc:Claim ;", "asc:Claim ")
    spoil(root / THING, "asc:Enabler ;", "asc:Enabler ")
    (root / "queries" / "maps" / "all.rq").write_text("SELECT * {}")
    assert {(f.code, Path(f.path).name) for f in quick(root) if f.code in {"G001", "G017"}} == {
        ("G001", "claim.ttl"),
        ("G001", "thing.ttl"),
        ("G017", "all.rq"),
    }


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["check", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_path_line_code_and_message(root: Path) -> None:
    line = spoil(root / CLAIM, "asc:object r:activity-reading-on-trains", "asc:object r:activity-reading-on-train")
    code, out, err = run("--corpus", str(root))
    name = "r:activity-reading-on-train is defined nowhere; did you mean r:activity-reading-on-trains?"
    assert code == 1
    assert f"{root / CLAIM}:{line}: G006 {name}\n" in out
    assert re.fullmatch(r"1 error, 0 warnings\n", err)


def test_the_command_reports_on_the_named_paths_only(root: Path) -> None:
    spoil(root / CLAIM, "asc:object r:activity-reading-on-trains", "asc:object r:activity-x")
    assert run("--corpus", str(root), str(root / THING)) == (0, "", "0 errors, 0 warnings\n")


def test_the_command_checks_a_file_outside_the_corpus_against_it(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    path.write_text(PERSON.replace("said-p1-s1", "said-p1-s9"))
    code, out, _ = run("--corpus", str(root), str(path))
    assert code == 1
    assert f"{path}:8: G006 r:porter-1999-said-p1-s9" in out


def test_findings_are_json_and_ci_annotations_too(root: Path) -> None:
    spoil(root / CLAIM, "    asc:stance v:asserted ;\n", "")
    _, out, _ = run("--corpus", str(root), "--format", "json")
    assert [(f["code"], f["line"], f["severity"]) for f in json.loads(out)] == [("G005", 7, "error")]
    _, out, _ = run("--corpus", str(root), "--format", "github")
    assert out.startswith(f"::error file={root / CLAIM},line=7,col=1::G005 ")


def test_a_build_of_a_spoilt_corpus_is_refused_and_the_old_build_stays(root: Path, tmp_path: Path) -> None:
    arguments = ["build", "--corpus", str(root), "--home", str(tmp_path / "home")]
    runner = CliRunner()
    assert runner.invoke(cli, arguments).exit_code == 0
    before = (tmp_path / "home" / "current").read_text()
    spoil(root / CLAIM, "asc:object r:activity-reading-on-trains", "asc:object r:activity-x")
    refused = runner.invoke(cli, arguments)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "G006 r:activity-x" in refused.stderr
    assert "nothing was built" in refused.stderr
    assert (tmp_path / "home" / "current").read_text() == before
    assert runner.invoke(cli, [*arguments, "--unchecked"]).exit_code == 0


def test_a_path_that_is_not_there_is_misuse(root: Path) -> None:
    assert run("--corpus", str(root), "nowhere.ttl")[0] == 2


def test_every_code_has_its_paragraph_and_every_paragraph_a_code() -> None:
    page = (worked_example.ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## ([GL]\d{3})\n\n(.*?)(?=\n## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert list(parts) == list(CODES)
    assert all(len(body) > 60 for body in parts.values())


ALONE = [
    "a literal without its quote", "a blank node", "a prefix that is not declared", "an object that is nothing",
    "a predicate that is nothing", "a thing without a source", "a claim without a sentence", "a paraphrase too long",
    "testimony with a person", "a claim without an object", "a predicate off the list", "a shortcut typed by hand",
]  # fmt: skip


@pytest.mark.parametrize("fault", ALONE)
def test_one_fault_gives_one_finding(fault: str, root: Path) -> None:
    code, file, old, new = SPOILT[fault]
    if code == "G014":
        (root / file).with_name("person.ttl").write_text(PERSON)
    spoil(root / file, old, new)
    assert [finding.code for finding in check(Corpus.open(root))] == [code]


def test_two_faults_of_one_thing_give_two_findings(root: Path) -> None:
    spoil(root / CLAIM, "    asc:stance v:asserted ;\n", "")
    spoil(root / CLAIM, "Cushions can offset some of the din", LONG)
    assert {finding.code for finding in check(Corpus.open(root))} == {"G005", "G012"}


def test_a_sentence_that_is_nothing_is_told_once(root: Path) -> None:
    spoil(root / CLAIM, "prov:wasDerivedFrom r:porter-1999-said-p1-s2", "prov:wasDerivedFrom r:porter-1999-said-p9-s9")
    assert [finding.code for finding in check(Corpus.open(root))] == ["G006"]


def test_the_numbers_at_the_end_agree_with_their_nouns(root: Path) -> None:
    spoil(root / THING, "    a asc:Enabler ;\n", "    a  asc:Enabler ;\n")
    done = CliRunner().invoke(cli, ["check", "--corpus", str(root)])
    assert (done.exit_code, done.stderr) == (1, "1 error, 0 warnings\n")
