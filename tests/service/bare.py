"""The SPARQL service alone, over a store of a test's own: run as a program, it tells its address on standard output."""

import argparse
import json
import socket
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from fastapi import FastAPI
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from asckg.build import Build
from asckg_api import sparql
from asckg_api.application import Application
from asckg_api.connection import Connection
from asckg_api.server import server_of
from asckg_api.settings import Settings


def add_static(app: FastAPI, path: str, body: bytes) -> None:
    """Serve fixed bytes: what the service's own answers are measured against."""
    app.router.routes.insert(0, Route(path, lambda _: Response(body, media_type="text/plain")))


def late_fault() -> StreamingResponse:
    """Return an answer that breaks off after its head."""
    return StreamingResponse(1 // number for number in (1, 0))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("settings", type=json.loads, nargs="?", default={})
    arguments = parser.parse_args()
    folder = arguments.home / "builds" / "bare"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    stall_time = arguments.settings.pop("stall_time", Connection.pace.stall_time)  # not a setting of users
    settings = Settings(**arguments.settings)
    app = Application(root_path=settings.root_path)
    app.state.settings = settings
    app.state.graph = SimpleNamespace(build=Build(folder, manifest), engine=None, corpus=None)
    sparql.install(app)
    for path, size in (("/static-file", 310_000), ("/static-empty", 0)):
        add_static(app, path, b"x" * size)
    app.router.routes[:0] = [Route("/fault", lambda _: 1 // 0), Route("/late-fault", lambda _: late_fault())]
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", app.state.settings.port))
    print(f"http://127.0.0.1:{bound.getsockname()[1]}", flush=True)
    server = server_of(app, settings)
    Connection.pace = replace(Connection.pace, stall_time=stall_time)
    server.run(sockets=[bound])


if __name__ == "__main__":
    main()
