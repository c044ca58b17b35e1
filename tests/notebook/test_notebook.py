"""The notebooks run from top to bottom, in a kernel that can reach nobody."""

import os
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ALONE = """
import socket
def _alone(self, address, *rest):
    raise OSError(f"a notebook asked {address}")
socket.socket.connect = socket.socket.connect_ex = _alone
socket.getaddrinfo = lambda *a, **k: _alone(None, a)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kernel")
    paths = [str(Path(entry).resolve()) for entry in sys.path if entry and Path(entry).is_dir()]
    return {
        **os.environ,
        "ASCKG_HOME": str(folder / "home"),
        "PYTHONPATH": os.pathsep.join(paths),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_PLATFORM_DIRS": "1",
    }


def run(path, environment):
    from nbclient import NotebookClient  # noqa: PLC0415 - its import warns

    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(ALONE))
    client = NotebookClient(notebook, timeout=600, startup_timeout=300, kernel_name="python3")
    client.create_kernel_manager()
    # By files, for nobody else can take one: a port may be taken between its choice and its use.
    client.km.transport, client.km.ip = "ipc", str(Path(environment["ASCKG_HOME"]).with_name("k"))
    client.execute(env=environment, cwd=str(path.parent))
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


@pytest.mark.filterwarnings("ignore")  # Jupyter's client warns about itself; the kernel is another process
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_without_a_network(path, environment):
    outputs = run(path, environment)
    assert [output for output in outputs if output.output_type == "error"] == []
    shown = "".join(str(output.get("data", {}).get("text/html", "")) for output in outputs)
    assert "<table" in shown
    assert ("<iframe" in shown) == (path.stem == "funding-map")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path):
    cells = nbformat.read(path, as_version=4).cells
    assert [cell["id"] for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []


def test_there_are_notebooks_for_three_kinds_of_users():
    assert {path.stem for path in NOTEBOOKS} == {"evidence-review", "funding-map", "own-table"}
