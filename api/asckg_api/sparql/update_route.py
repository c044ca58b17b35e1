"""`/update`: the update operation of the SPARQL 1.1 Protocol, and how every write is answered."""

from collections.abc import Callable

from starlette.types import Receive, Scope, Send

from asckg.engine.pool import Kind, Reply, Request, StoppedError
from asckg_api.sparql.cross_origin import answered_by_method
from asckg_api.sparql.leave import require_leave
from asckg_api.sparql.message import Headers, RefusalError, base_url, send_whole
from asckg_api.sparql.operation import Operation, read_operation
from asckg_api.sparql.report import from_reply, from_stop
from asckg_api.sparql.serving import Serving

METHODS = "POST, OPTIONS"


class UpdateRoute:
    """Runs updates for those who may write."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if await answered_by_method(scope, send, self.serving.settings.cors_origins, METHODS):
            return
        require_leave(scope, self.serving.settings)
        operation = await read_operation(scope, receive, self.serving.write_size)
        if operation is None or not operation.is_update:
            raise RefusalError(400, "this is a query; send it to /sparql")
        await self.update(scope, receive, send, operation)

    async def update(self, scope: Scope, _receive: Receive, send: Send, operation: Operation) -> None:
        """Run an update that was read already."""
        require_leave(scope, self.serving.settings)
        request = Request(
            "update",
            operation.text,
            base=base_url(scope) + "/sparql",
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
        )
        reply = await write(self.serving, request)
        await send_written(self.serving, scope, send, reply, [])


async def write(serving: Serving, request: Request, check: Callable[[], None] | None = None) -> Reply:
    """Return the reply to a write that was done; raise RefusalError for every other, and what `check` raises."""
    try:
        reply = await serving.pool.write(request, check)
    except StoppedError as error:
        raise from_stop(error) from error
    if reply.kind not in (Kind.RESULT, Kind.CREATED):
        raise from_reply(reply, "", serving.pool.limits.result)
    return reply


async def send_written(serving: Serving, scope: Scope, send: Send, reply: Reply, headers: Headers) -> None:
    """Answer a write with 201 or 204 and the version of the data that it made."""
    status = 201 if reply.kind is Kind.CREATED else 204
    version = (b"x-data-version", serving.pool.version.encode())
    await send_whole(scope, send, status, [*headers, version, *serving.open_headers(scope)], b"")
