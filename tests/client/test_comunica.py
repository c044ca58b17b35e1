"""Comunica finds the endpoint by its description and joins it with a file. `npm ci` in tests/client/node first."""

import shutil
import subprocess
from pathlib import Path

import pytest

from asckg.graph import Graph
from service_case import make_home, serving

FOLDER = Path(__file__).parent / "node"
THING = "<https://w3id.org/asckg/id/org-nihr>"


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
@pytest.mark.skipif(not (FOLDER / "node_modules").is_dir(), reason="run `npm ci` in tests/client/node for this test")
def test_the_endpoint_is_joined_with_a_file(graph: Graph, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(f'{THING} <http://example.org/note> "ours" .\n', encoding="utf-8")
    with serving(make_home(tmp_path / "home", graph.engine.store)) as server:
        command = ["node", str(FOLDER / "query.mjs"), f"{server.url}/sparql", str(mine)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.stdout.strip() == "National Institute for Health and Care Research | ours", done.stderr[-2000:]
