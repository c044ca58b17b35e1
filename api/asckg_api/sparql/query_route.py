"""`/sparql`: the query operation of the SPARQL 1.1 Protocol."""

from collections.abc import Awaitable, Callable

from starlette.types import Receive, Scope, Send

from asckg.engine.pool import Request
from asckg_api.sparql.answering import Answerer
from asckg_api.sparql.cross_origin import answered_by_method
from asckg_api.sparql.message import RefusalError, base_url, header
from asckg_api.sparql.negotiation import choose, prefers_html
from asckg_api.sparql.operation import Operation, read_operation
from asckg_api.sparql.serving import Serving

METHODS = "GET, HEAD, POST, OPTIONS"

Graphs = tuple[str, ...] | None

Describe = Callable[[Scope, Receive, Send], Awaitable[None]]
Update = Callable[[Scope, Receive, Send, Operation], Awaitable[None]]


class QueryRoute:
    """Answers queries; hands descriptions of the service and updates to others."""

    def __init__(self, serving: Serving, describe: Describe, update: Update) -> None:
        self.serving = serving
        self.answerer = Answerer(serving)
        self.describe = describe
        self.update = update

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if await answered_by_method(scope, send, self.serving.settings.cors_origins, METHODS):
            return
        operation = await read_operation(scope, receive, self.serving.query_size)
        if operation is None:
            editor = self.serving.editor
            wants_page = editor is not None and prefers_html(header(scope, b"accept"))
            await (editor if editor is not None and wants_page else self.describe)(scope, receive, send)
        elif operation.is_update:
            await self.update(scope, receive, send, operation)
        else:
            await self._query(scope, receive, send, operation)

    async def _query(self, scope: Scope, receive: Receive, send: Send, operation: Operation) -> None:
        accept = header(scope, b"accept")
        request = self.request_of(scope, operation.text, accept, operation.default_graphs, operation.named_graphs)
        if request is None:
            raise RefusalError(406, f"none of the formats accepted is available: {accept}")
        await self.answerer.answer(scope, receive, send, request, operation.timeout)

    def request_of(
        self, scope: Scope, query: str, accept: str, default: Graphs = None, named: Graphs = None
    ) -> Request | None:
        """Return what a worker is asked for a query, None where the client accepts no format that there is."""
        rows, graphs = choose(accept)
        if rows is None and graphs is None:
            return None
        return Request(
            "query",
            query,
            rows.code if rows else 0,
            graphs.code if graphs else 0,
            base_url(scope) + "/sparql",
            default,
            named,
            services=self.serving.gate.services if self.serving.gate else (),
        )
