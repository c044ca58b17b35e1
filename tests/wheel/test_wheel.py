"""The wheel as users get it: built, installed in a clean environment, served from."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="session")
def environment(root: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a clean environment with the wheel and nothing of the repository."""
    place = tmp_path_factory.mktemp("clean") / "env"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    pip = [place / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", root / "requirements/run.txt"], check=True)
    subprocess.run([*pip, "--no-deps", wheel], check=True)
    return place / "bin"


def bare(tmp_path: Path) -> dict[str, str]:
    """Return an environment without this repository's paths and with a home of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "ASCKG", "XDG"))}
    return {**kept, "HOME": str(tmp_path)}


def test_wheel_holds_both_packages_three_trees_and_the_browser_code(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for start in (
        "asckg/__init__.py",
        "asckg_api/app.py",
        "asckg_api/static/",
        "asckg_api/templates/",
        "asckg/_data/ontology/asckg.ttl",
        "asckg/_data/graph_data/kendrick-2023/",
        "asckg/_data/queries/questions/",
        "asckg/_data/queries/maps/",
    ):
        assert any(name.startswith(start) for name in names), start
    assert not [name for name in names if "node_modules" in name]


def test_installed_wheel_answers_a_query(environment, tmp_path):
    query = "SELECT (COUNT(*) AS ?n) { ?p a asc:Partnership }"
    done = subprocess.run(
        [environment / "asckg", "query", query],
        cwd=tmp_path,
        env=bare(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout.split()[1]) >= 6


def test_installed_wheel_serves_pages_and_sparql(environment, tmp_path):
    server = subprocess.Popen(
        [environment / "asckg", "serve", "--port", "0"],
        cwd=tmp_path,
        env=bare(tmp_path),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        line = server.stderr.readline()
        address = re.search(r"http://\S+/", line)
        assert address, line
        home = urllib.request.urlopen(address[0]).read().decode()
        assert "<h1" in home
        for asset in set(re.findall(r'(?:src|href)="([^"]*static/[^"]+)"', home)):
            assert urllib.request.urlopen(urllib.request.Request(urllib.parse.urljoin(address[0], asset))).status == 200
        answer = urllib.request.urlopen(f"{address[0]}sparql?query=ASK%7B%3Fp%20a%20asc%3APartnership%7D")
        assert json.load(answer)["boolean"] is True
    finally:
        server.terminate()
        assert server.wait(timeout=60) in (0, -signal.SIGTERM)
        server.stderr.close()
