"""What a server imports before it is ready, and what it does right after."""

import json
import subprocess
import sys

from asckg.graph import Graph
from asckg_api.warm import DEFERRED

LATER = {
    "bibtexparser", "citeproc", "docx", "httpx", "matplotlib", "networkx", "numpy", "pandas", "PIL", "pyarrow",
    "pyshacl", "pyvis", "rdflib", "rich", "scipy", "sparse_dot_topn", "yaml",
    "asckg.build.make", "asckg.check", "asckg.link.match",
}  # fmt: skip
"""What only some requests need. Each takes 10 ms and more to import, and together they took longer than the rest."""

SERVE = """
import json, os, sys
from pathlib import Path
import asckg.cli.serve
from asckg_api import warm
from asckg_api.app import create_app
from asckg_api.server import server_of
from asckg_api.settings import Settings

def ready():
    global thread
    print(json.dumps([app.state.serving.pool.version, *sys.modules]))
    thread = warm.warm(app)
    server.should_exit = True

app = create_app(Settings(host="127.0.0.1", port=0, home=Path(sys.argv[1])))
server = server_of(app, app.state.settings, ready)
server.config.port = 0
server.run()
thread.join()
print(json.dumps([*sys.modules]), flush=True)
os._exit(0)  # maps may be under way
"""


def test_a_server_is_ready_before_it_imports_what_some_requests_need_and_does_so_then(graph: Graph) -> None:
    home = graph.build.path.parent.parent
    done = subprocess.run([sys.executable, "-c", SERVE, str(home)], capture_output=True, text=True, check=True)
    (version, *modules), afterwards = map(json.loads, done.stdout.splitlines())
    assert version == graph.build.version
    assert "asckg_api.link.reconcile" in modules
    assert LATER & set(modules) == set()
    assert set(DEFERRED) <= set(afterwards)
