"""The command itself, below a path: pages and the service at the same place, whether a proxy strips the path or not."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from asckg.graph import Graph
from service_case import wait_until_ready

COMMAND = [sys.executable, "-c", "from asckg.cli import main; main()", "serve", "--port", "0"]


def test_everything_is_served_below_a_path_and_the_server_stops_in_order(home: Path, graph: Graph) -> None:
    assert graph.build.version  # built before the server is started
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ASCKG_HOME": str(home), "ASCKG_LOG": "1"}
    command = [*COMMAND, "--root-path", "/below"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    try:
        said = next(line for line in process.stderr if "asckg is at" in line)
        address = re.search(r"http://[^/]+(?=/below/)", said)
        assert address, said
        with httpx.Client(base_url=address[0], timeout=60, trust_env=False) as client:
            wait_until_ready(client)
            for path in ("/sparql", "/page/org-nihr", "/.well-known/void", "/metrics", "/openapi.json"):
                for prefix in ("", "/below"):
                    assert client.get(prefix + path).status_code == 200, prefix + path
            page = client.get("/below/page/org-nihr", headers={"Accept": "text/html"})
            assert 'href="/below/' in page.text
    finally:
        process.send_signal(signal.SIGTERM)
        logged = process.communicate(timeout=60)[1]
    assert '"path": "/below/metrics"' in logged
    assert "Traceback" not in logged


def test_a_server_that_may_write_does_not_start_on_more_data_than_it_would_hold_in_memory(
    home: Path, graph: Graph
) -> None:
    assert graph.build.version
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ASCKG_HOME": str(home), "ASCKG_TOKEN": "a"}
    command = [*COMMAND, "--writable", "--stored-in-memory", "1000"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "more than --stored-in-memory 1000; give it" in done.stderr
    assert "asckg is at" not in done.stderr
