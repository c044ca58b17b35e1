"""Comunica finds the endpoint by its description and joins it with a file. `make clients` first."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from asckg.graph import Graph
from service_case import make_home, serving

NODE = shutil.which("node", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
FOLDER = Path(__file__).parent / "node"
THING = "<https://w3id.org/asckg/id/org-nihr>"


@pytest.mark.skipif(NODE is None, reason="there is no node")
@pytest.mark.skipif(not (FOLDER / "node_modules").is_dir(), reason="run `make clients` for this test")
def test_the_endpoint_is_joined_with_a_file(graph: Graph, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(f'{THING} <http://example.org/note> "ours" .\n', encoding="utf-8")
    with serving(make_home(tmp_path / "home", graph.engine.store)) as server:
        command = [str(NODE), str(FOLDER / "query.mjs"), f"{server.url}/sparql", str(mine)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.stdout.strip() == "National Institute for Health and Care Research | ours", done.stderr[-2000:]
