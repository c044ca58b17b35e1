"""Users' queries on a remote endpoint, with the pool's interface: the endpoint does the work, limits are kept here."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlencode

import httpx
from pyoxigraph import QueryResultsFormat, RdfFormat

from asckg.engine.guard.clause import RefusedError, allowed_query
from asckg.engine.pool import Kind, Limits, Reason, Reply, Request, StoppedError
from asckg.engine.pool.format import FORMATS
from asckg.engine.pool.job import Job
from asckg.engine.pool.schedule import Schedule
from asckg.engine.remote import RemoteEngine, query_form
from asckg.namespace import with_prefixes

# What an answer begins and ends with, white space aside: enough to tell a page or half an answer from one.
_ENDS = {
    QueryResultsFormat.JSON: (b"{", b"}"),
    QueryResultsFormat.XML: (b"<", b">"),
    RdfFormat.RDF_XML: (b"<", b">"),
}


class EndpointPool:
    """Sends each query to the endpoint of `engine`, at most `workers` and `heavy` together at once."""

    def __init__(self, engine: RemoteEngine, limits: Limits) -> None:
        self.engine = engine
        engine.timeout = limits.timeout  # of pages too
        self.limits = limits
        self.version = engine.version
        self.counts: Counter[str] = Counter()
        self.schedule = Schedule(limits)
        self.closed = False
        self.generation = None
        self._tasks: dict[Job, asyncio.Task[None]] = {}
        self._client = httpx.AsyncClient(headers=engine.client.headers, auth=engine.client.auth)
        self._room = asyncio.Semaphore(limits.workers + limits.heavy)

    def submit(
        self, request: Request, *, seconds: float | None = None, client: str = "", reserved: bool = False
    ) -> Job:
        """Send `request` when there is room and return its job, as the local pool does."""
        granted = min(seconds or self.limits.timeout, self.limits.timeout)
        loop = asyncio.get_running_loop()
        job = Job(b"", granted, client, reserved, loop.create_future(), time.monotonic())
        self.schedule.admit(job)
        self._tasks[job] = loop.create_task(self._run(job, request))
        return job

    async def write(self, _request: Request, _check: Callable[[], None] | None = None) -> Reply:
        """Refuse: an endpoint is written to at its own address."""
        return Reply(Kind.PROTECTED, b"this server shows another endpoint; write there")

    def cancel(self, job: Job) -> None:
        """Stop `job`: nobody waits for it any more."""
        self.counts["cancelled"] += 1
        task = self._tasks.get(job)
        if task is not None:
            task.cancel()

    async def close(self) -> None:
        """Stop what runs and close the connections."""
        self.closed = True
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self._client.aclose()

    async def _run(self, job: Job, request: Request) -> None:
        try:
            async with self._room:
                self.schedule.start(job, time.monotonic())
                job.resolve(await self._ask(job, request))
        except StoppedError as error:
            self.counts[error.reason.value] += 1
            job.fail(error)
        finally:
            del self._tasks[job]
            self.schedule.finish(job)
            job.fail(StoppedError(Reason.CANCELLED, "the query was given up"))

    async def _ask(self, job: Job, request: Request) -> Reply:
        try:
            text = allowed_query(with_prefixes(request.text), ()) if request.op == "query" else _graph_query(request)
        except RefusedError as error:
            return Reply(Kind.REFUSED, str(error).encode())
        except SyntaxError as error:
            return Reply(Kind.BAD_QUERY, str(error).encode())
        graph = query_form(text) in ("CONSTRUCT", "DESCRIBE")
        code = request.graph_format if graph else request.result_format
        if not code:
            return Reply(Kind.NOT_ACCEPTABLE, b"CONSTRUCT and DESCRIBE" if graph else b"SELECT and ASK")
        pairs = [("query", text), *self._data_set(request)]
        headers = {"Accept": FORMATS[code].media_type, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            async with asyncio.timeout(job.timeout):
                response = await self._client.post(
                    self.engine.url, content=urlencode(pairs), headers=headers, timeout=job.timeout
                )
        except (TimeoutError, httpx.TimeoutException) as error:
            raise StoppedError(
                Reason.TIME, f"{self.engine.url} did not answer within {job.timeout:g} s; narrow the query"
            ) from error
        except httpx.TransportError as error:
            raise StoppedError(Reason.LOST, f"{self.engine.url} cannot be reached; try again later", 10) from error
        return self._reply(response, code)

    def _data_set(self, request: Request) -> list[tuple[str, str]]:
        if request.default_graphs is None and request.named_graphs is None and request.op == "query":
            return self.engine.data_set.pairs()
        default = [("default-graph-uri", one) for one in request.default_graphs or ()]
        return default + [("named-graph-uri", one) for one in request.named_graphs or ()]

    def _reply(self, response: httpx.Response, code: int) -> Reply:
        if response.status_code == httpx.codes.BAD_REQUEST:
            return Reply(Kind.BAD_QUERY, response.text[:300].encode())
        if not response.is_success:
            return self._unfit(f"status {response.status_code}")
        if len(response.content) > self.limits.result:
            return Reply(Kind.TOO_LARGE)
        given = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if given not in _same_as(code):
            return self._unfit(f"{given or 'no media type'} where {FORMATS[code].media_type} was asked for")
        opening, closing = _ENDS.get(FORMATS[code].serialiser, (b"", b""))
        if not (response.content.lstrip().startswith(opening) and response.content.rstrip().endswith(closing)):
            return self._unfit(f"what is not {FORMATS[code].media_type}")
        return Reply(Kind.RESULT, response.content, code)

    def _unfit(self, what: str) -> Reply:
        return Reply(
            Kind.BAD_ENDPOINT, f"{self.engine.url} answered {what}; is it a SPARQL 1.1 endpoint, and well?".encode()
        )


def _same_as(code: int) -> frozenset[str]:
    """Return the media types under which an endpoint may send a format."""
    wanted = FORMATS[code].serialiser
    plain = {"text/plain"} if wanted not in _ENDS else set()
    return frozenset(plain | {one.media_type for one in FORMATS.values() if one.serialiser == wanted})


def _graph_query(request: Request) -> str:
    if request.graph is None:
        return "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{request.graph}> {{ ?s ?p ?o }} }}"
