"""`asckg export` on the command line."""

import re
import zipfile

import pytest
from click.testing import CliRunner

from asckg import AsckgError
from asckg.cli.export import command
from asckg.export import FORMS
from asckg.whole import write


def run(bare_corpus, *arguments):
    return CliRunner().invoke(command, [*arguments, "--corpus", str(bare_corpus), "--home", str(bare_corpus / "home")])


def test_a_file_is_written_and_named(bare_corpus, tmp_path):
    result = run(bare_corpus, "ris", "-o", str(tmp_path / "works.ris"))
    assert result.exit_code == 0
    assert (tmp_path / "works.ris").read_text(encoding="utf-8").count("TY  - ") == 3


def test_an_archive_says_what_changed_since_the_version_before(bare_corpus, tmp_path):
    before = tmp_path / "before" / "porter-1999"
    before.mkdir(parents=True)
    text = (bare_corpus / "graph_data" / "porter-1999" / "all.ttl").read_text(encoding="utf-8")
    (before / "all.ttl").write_text(text.replace("Dim lamps tire the eyes.", "Dim lamps tire."), encoding="utf-8")
    result = run(bare_corpus, "rocrate", "--since", str(before.parent), "-o", str(tmp_path / "a.zip"))
    assert result.exit_code == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        changes = archive.read("CHANGES.txt").decode()
        assert "CHANGES.txt" in archive.read("SHA256SUMS").decode()
    assert "Dim lamps tire.\n      now: Dim lamps tire the eyes." in changes
    assert re.search(r" to version [0-9a-f]{16}: ", changes), "a path of this machine is nothing to publish"


def test_data_go_to_standard_output_without_talk(bare_corpus):
    assert run(bare_corpus, "csl").stdout.startswith("[")


def test_every_format_is_listed(bare_corpus):
    listed = run(bare_corpus, "--list").stdout
    assert [name for name in FORMS if f"{name} " not in listed] == []


def test_an_unknown_format_says_which_there_are(bare_corpus):
    error = run(bare_corpus, "pdf").exception
    assert isinstance(error, AsckgError)
    assert "graphml" in str(error)


def test_a_folder_that_is_missing_leaves_nothing_behind(tmp_path):
    with pytest.raises(AsckgError, match="cannot be written"):
        write(tmp_path / "missing" / "graph.ttl", b"x")
    assert list(tmp_path.iterdir()) == []
