import subprocess
import sys

import pytest

from asckg.map.standalone import read_back


def run(*arguments, **options):
    command = [sys.executable, "-c", "from asckg.cli import main; main()", "map", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, **options)


@pytest.mark.parametrize(("suffix", "begins"), [
    ("html", b"<!doctype html>"), ("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"source,"), ("json", b"{"),
    ("graphml", b"<?xml"), ("gexf", b"<?xml"),
])  # fmt: skip
def test_map_is_written_in_the_form_of_the_suffix(graph, home, tmp_path, suffix, begins):
    assert graph.questions["funding"]
    file = tmp_path / f"map.{suffix}"
    done = run("funding", "--home", home, "-o", file)
    assert done.returncode == 0, done.stderr
    assert file.read_bytes().lstrip().startswith(begins)


def test_stand_alone_file_names_no_address_to_load_from_and_holds_the_whole_map(graph, home, tmp_path):
    file = tmp_path / "map.html"
    run("funding", "--home", home, "-o", file)
    text = file.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert 'src="http' not in text
    assert '<link rel="stylesheet"' not in text
    held = read_back(text)
    assert {node["id"] for node in held["nodes"]} >= {"org-nihr"}
    assert graph.engine.version == held["version"]


def test_unknown_map_is_refused_with_the_names_of_those_there_are(home):
    done = run("no-such-map", "--home", home)
    assert done.returncode == 2
    assert b"partnerships" in done.stderr


def test_folder_that_is_missing_gives_one_message_and_no_file(home, tmp_path):
    done = run("funding", "--home", home, "-o", tmp_path / "none" / "map.html")
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
