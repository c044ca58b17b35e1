"""Running: an assistant's queries in killable workers, under the limits of the service."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from asckg.engine.embedded import EmbeddedEngine
from asckg.engine.endpoint import EndpointPool
from asckg.engine.pool import Kind, Limits, Pool, Reply, Request, Source
from asckg.engine.pool.format import graph_format, result_format
from asckg.engine.remote import RemoteEngine, with_values
from asckg.error import AsckgError
from asckg.graph import Graph
from asckg.namespace import with_prefixes
from asckg.term import Row, Rows, Term

_RESULT = 4 << 20
LIMITS = Limits(result=_RESULT, inline=_RESULT, workers=1)
"""Limits as the server's, with answers of at most 4 MiB: an assistant reads no more."""
_WRONG = frozenset({Kind.BAD_QUERY, Kind.REFUSED, Kind.NO_MEMORY, Kind.TOO_LARGE, Kind.FAILED, Kind.NOT_ACCEPTABLE})


class Runner:
    """Runs queries on a graph; none can write, reach the network, or outlive its deadline."""

    def __init__(self, pool: Pool | EndpointPool) -> None:
        self._pool = pool

    @classmethod
    @asynccontextmanager
    async def on(cls, graph: Graph, limits: Limits = LIMITS) -> AsyncIterator["Runner"]:
        """Yield a runner on a graph and end its workers afterwards.

        A build is read where it lies. A graph of files has no store on disk, so its workers get a copy that is gone
        afterwards. An endpoint does its own work; the deadline and the limits on what is asked hold here.
        """
        if isinstance(graph.engine, RemoteEngine):
            far = EndpointPool(graph.engine, limits)
            try:
                yield cls(far)
            finally:
                await far.close()
            return
        with _store_of(graph) as store:
            pool = Pool(limits)
            await pool.load(Source(store, graph.build.version, graph.build.quads))
            try:
                yield cls(pool)
            finally:
                await pool.close(patience=0)

    async def run(self, text: str, bindings: Mapping[str, Term] | None = None) -> Rows | bool | str:
        """Return rows of a SELECT, the answer of an ASK, or Turtle; raise `AsckgError` on what cannot be run."""
        tabular, triples = result_format("application/sparql-results+json"), graph_format("text/turtle")
        if isinstance(self._pool, EndpointPool):
            text, bindings = with_values(text, bindings or {}), {}
        bound = tuple((name, t.kind, t.value, t.datatype, t.language) for name, t in (bindings or {}).items())
        request = Request(
            "query",
            with_prefixes(text),
            result_format=tabular.code if tabular else 0,
            graph_format=triples.code if triples else 0,
            bindings=bound,
        )
        reply = await self._pool.submit(request, client="assistant").done
        if reply.kind in _WRONG:
            raise AsckgError(f"the query was not run ({reply.kind.name.lower().replace('_', ' ')}): {reply.text}")
        return _read(reply) if tabular and reply.code == tabular.code else reply.text


@contextmanager
def _store_of(graph: Graph) -> Iterator[Path]:
    if graph.build.store_path.is_dir():
        yield graph.build.store_path
        return
    if not isinstance(graph.engine, EmbeddedEngine):
        raise AsckgError("this graph has no data that queries could run on; open a build, RDF files or an endpoint")
    with TemporaryDirectory(prefix="asckg-", ignore_cleanup_errors=True) as folder:
        copy = ox.Store(folder)
        copy.bulk_extend(graph.engine.store)
        copy.flush()
        del copy
        yield Path(folder)


def _read(reply: Reply) -> Rows | bool:
    document = json.loads(reply.payload)
    if "boolean" in document:
        return bool(document["boolean"])
    columns = tuple(document["head"]["vars"])
    rows: list[Row] = [
        tuple(_term(solution[name]) if name in solution else None for name in columns)
        for solution in document["results"]["bindings"]
    ]
    return Rows(columns, rows)


def _term(value: dict[str, str]) -> Term:
    if value["type"] == "uri":
        return Term.iri(value["value"])
    if value["type"] == "bnode":
        return Term("bnode", value["value"])
    return Term.literal(value["value"], value.get("datatype"), value.get("xml:lang"))
