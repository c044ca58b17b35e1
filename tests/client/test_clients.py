"""The code in docs/client.md, run against a real server on the shipped graph."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from asckg.graph import Graph
from service_case import Server, make_home, serving

PAGE = Path(__file__).resolve().parents[2] / "docs" / "client.md"
BLOCK = re.compile(r"```(bash|py)\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
BLOCKS = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
DEFAULT = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def shipped(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = make_home(tmp_path_factory.mktemp("shipped"), graph.engine.store)
    with serving(home) as server:
        yield server


@pytest.mark.parametrize(("language", "code", "printed"), BLOCKS, ids=[f"{n} {b[0]}" for n, b in enumerate(BLOCKS, 1)])
def test_the_code_of_the_page_prints_what_the_page_says(
    shipped: Server, language: str, code: str, printed: str
) -> None:
    command = ["bash", "-c", code] if language == "bash" else [sys.executable, "-c", code]
    command[-1] = command[-1].replace(DEFAULT, shipped.url)
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, env={**os.environ, "NO_PROXY": "*"}
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.replace("\r\n", "\n").strip() == printed.strip()


def test_the_page_has_code_for_every_client_that_it_names() -> None:
    assert [language for language, _, _ in BLOCKS] == ["bash", "bash", "py", "py", "py"]
