"""The server: uvicorn with connections of our own and a limit on how many there are."""

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from asckg_api.connection import Connection
from asckg_api.settings import Settings
from asckg_api.share import Shares, room_for_connections
from asckg_api.taking import Pace


class Server(uvicorn.Server):
    """A server that calls `then` once it answers."""

    def __init__(self, config: uvicorn.Config, then: Callable[[], object]) -> None:
        super().__init__(config)
        self.then = then

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self.then()


def server_of(app: ASGIApp, settings: Settings, then: Callable[[], object] = int) -> Server:
    """Return the server that answers by `app` and calls `then` as soon as it does; its `run` takes bound sockets."""
    room = room_for_connections()
    Connection.shares = Shares(room, min(settings.connections, max(1, room // 2)))  # never all for one
    Connection.pace = Pace(least_rate=settings.least_rate)
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        log_level="warning",
        access_log=False,  # the application logs its requests itself
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    return Server(config, then)
