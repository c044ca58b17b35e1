from pathlib import Path

from click.testing import CliRunner

from asckg.cli import cli

ROUGH = '<urn:b> <urn:p> "x" . <urn:a> <urn:p> 1 .\n'
SMOOTH = '<urn:a>\n    <urn:p> 1 .\n\n<urn:b>\n    <urn:p> "x" .\n'


def run(*arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["fmt", *arguments], input=stdin)
    return result.exit_code, result.stdout, result.stderr


def test_fmt_rewrites_a_file_and_names_it(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(ROUGH)
    assert run(str(path)) == (0, f"{path}\n", "")
    assert path.read_text() == SMOOTH
    assert run(str(tmp_path)) == (0, "", "")


def test_fmt_check_writes_nothing_and_exits_with_one(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(ROUGH)
    assert run("--check", str(path)) == (1, f"{path}\n", "")
    assert path.read_text() == ROUGH


def test_fmt_reads_and_writes_a_stream() -> None:
    assert run("-", stdin=ROUGH) == (0, SMOOTH, "")


def test_fmt_goes_on_after_a_bad_file_and_leaves_it_alone(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> zz .\n")
    (tmp_path / "b.ttl").write_text(ROUGH)
    code, out, err = run(str(tmp_path))
    assert code == 1
    assert out == f"{tmp_path / 'b.ttl'}\n"
    assert f"{tmp_path / 'a.ttl'}:1:" in err
    assert (tmp_path / "a.ttl").read_text() == "<urn:a> zz .\n"


def test_the_shipped_corpus_is_canonical() -> None:
    assert run("--check") == (0, "", "")
