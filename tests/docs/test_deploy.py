"""The files of deploy/ say what the program takes; the unit is one that systemd reads without a complaint."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from asckg.cli.serve import command

PROGRAM = "/opt/asckg/bin/asckg"


@pytest.fixture
def unit(root: Path) -> str:
    return (root / "deploy" / "asckg.service").read_text(encoding="utf-8")


@pytest.fixture
def containerfile(root: Path) -> str:
    return (root / "deploy" / "Containerfile").read_text(encoding="utf-8").replace("\\\n", "")


def variables() -> set[str]:
    named = (one.envvar for one in command.params if isinstance(one, click.Option))
    return {"ASCKG_HOME"} | {name for name in named if isinstance(name, str)}


def accepts(arguments: list[str]) -> None:
    """Parse the arguments of `asckg serve` without running it; an unknown one is an error."""
    command.make_context("serve", arguments, resilient_parsing=False)


def test_the_unit_starts_the_program_with_flags_and_variables_that_there_are(unit: str) -> None:
    (start,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    program, verb, *arguments = shlex.split(start)
    assert (program, verb) == (PROGRAM, "serve")
    accepts(arguments)
    assert set(re.findall(r"ASCKG_[A-Z]+", unit)) <= variables()


def test_the_container_starts_the_program_with_variables_that_there_are(containerfile: str, root: Path) -> None:
    (entry,) = re.findall(r"^ENTRYPOINT (.*)$", containerfile, re.MULTILINE)
    assert json.loads(entry) == ["asckg", "serve"]
    assert set(re.findall(r"ASCKG_[A-Z]+", containerfile)) <= variables()
    for source in re.findall(r"^COPY (\S+) ", containerfile, re.MULTILINE):
        assert (root / source).exists()
    user = re.findall(r"^USER (\S+)$", containerfile, re.MULTILINE)[-1]
    assert f"--uid {user} " in containerfile


def test_the_container_asks_for_its_health_at_a_route_and_port_that_there_are(containerfile: str) -> None:
    (check,) = re.findall(r"^HEALTHCHECK CMD (.*)$", containerfile, re.MULTILINE)
    port = next(one.default for one in command.params if one.name == "port")
    assert f"http://127.0.0.1:{port}/health/ready" in json.loads(check)[-1]
    compile(json.loads(check)[-1], "health check", "exec")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_reads_the_unit_without_a_complaint(unit: str, tmp_path: Path) -> None:
    there = tmp_path / "asckg"
    there.touch(mode=0o755)  # the program is not installed here, and that it is not is all that may be said
    file = tmp_path / "asckg.service"
    file.write_text(unit.replace(PROGRAM, str(there)), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "asckg" in line]
    assert ours == []
    assert done.returncode == 0, done.stderr
