"""What the routes of the SPARQL service share."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from filelock import FileLock
from starlette.types import Receive, Scope, Send

from asckg.engine.pool import Pool, Reason, Reply, Request, StoppedError
from asckg.engine.pool.job import Job
from asckg_api.settings import Settings
from asckg_api.sparql.cache import AnswerCache
from asckg_api.sparql.cross_origin import cross_origin_headers
from asckg_api.sparql.departure import Departures
from asckg_api.sparql.flight import Flight
from asckg_api.sparql.message import Headers, RefusalError, header, send_whole
from asckg_api.sparql.negotiation import prefers_html
from asckg_api.sparql.report import from_stop, problem_body

if TYPE_CHECKING:
    from asckg.engine.endpoint import EndpointPool
    from asckg.engine.guard.gate import Gate

HELD = 16  # answers of the largest size that clients may be slow to take, all together

Page = Callable[[Scope, Receive, Send], Awaitable[None]]
ProblemPage = Callable[[Scope, int, str], bytes]


class GoneError(Exception):
    """The client went away; there is nobody to answer."""


@dataclass
class Serving:
    """The pool, the answers kept, the settings, and what other parts of the application add."""

    settings: Settings
    pool: Pool | EndpointPool
    cache: AnswerCache
    query_size: int = 1 << 20  # bytes of a query, its parameters included
    write_size: int = 32 << 20  # bytes of an update or of graphs sent
    gate: Gate | None = None  # the way to the endpoints that SERVICE may ask
    claim: FileLock | None = None  # on the user's own graphs, while this server may write them
    editor: Page | None = None  # the page for a browser that asks /sparql without a query
    problem_page: ProblemPage | None = None
    flights: dict[bytes, Flight] = field(default_factory=dict)  # queries that run, by tag
    held: int = 0  # bytes of large answers on disk that clients have not taken yet

    def __post_init__(self) -> None:
        self.departures = Departures(self.pool.cancel)

    def open_headers(self, scope: Scope) -> Headers:
        """Return the headers that every response of the service carries."""
        return cross_origin_headers(scope, self.settings.cors_origins)

    async def ask(self, scope: Scope, receive: Receive, request: Request, seconds: float | None = None) -> Reply:
        """Return the reply to a user's request, which is given up as soon as the user is.

        Raises RefusalError when it was stopped, GoneError when nobody waits for it any more.
        """
        job = self.submit(scope, request, seconds)
        self.departures.expect(job, receive)
        try:
            return await job.done
        except StoppedError as error:
            raise _told(error) from error
        finally:
            self.departures.forget(job)
            if not job.done.done():
                self.pool.cancel(job)

    def submit(self, scope: Scope, request: Request, seconds: float | None = None) -> Job:
        """Return the job of a user's request, which the pool runs; raise RefusalError when it may not."""
        client = (scope.get("client") or ("unknown",))[0]
        try:
            return self.pool.submit(request, seconds=seconds, client=client)
        except StoppedError as error:
            raise from_stop(error) from error

    def reply_of(self, job: Job) -> Reply:
        """Return the reply to a job that is done, or raise as `ask` does."""
        try:
            return job.done.result()
        except StoppedError as error:
            raise _told(error) from error

    @contextlib.contextmanager
    def holding(self, size: int) -> Iterator[None]:
        """Count an answer of `size` bytes on disk while it is sent; raise RefusalError where there are too many."""
        if self.held + size > HELD * self.settings.result:
            raise RefusalError(
                503, "other clients have too many large answers under way; try again", {"Retry-After": "30"}
            )
        self.held += size
        try:
            yield
        finally:
            self.held -= size

    async def refuse(self, scope: Scope, send: Send, refusal: RefusalError) -> None:
        """Send a refusal as a problem document, or as a page for a browser."""
        headers = [*self.open_headers(scope), (b"cache-control", b"no-store")]
        headers += [(name.lower().encode(), value.encode()) for name, value in refusal.headers.items()]
        if self.problem_page is not None and prefers_html(header(scope, b"accept")):
            body = self.problem_page(scope, refusal.status, refusal.detail)
            headers.append((b"content-type", b"text/html; charset=utf-8"))
        else:
            body = problem_body(refusal)
            headers.append((b"content-type", b"application/problem+json"))
        await send_whole(scope, send, refusal.status, headers, body)

    def guarded(self, route: Page) -> Page:
        """`route` with its refusals sent and clients that went away forgotten."""

        async def run(scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await route(scope, receive, send)
            except RefusalError as refusal:
                await self.refuse(scope, send, refusal)
            except GoneError:
                return

        return run


def _told(error: StoppedError) -> Exception:
    """Return what the client of a query that was stopped hears of it."""
    return GoneError() if error.reason is Reason.CANCELLED else from_stop(error)
