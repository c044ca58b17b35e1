"""Running: an assistant's queries in killable workers, under the limits of the service."""

import csv
import io
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from asckg.build import Build
from asckg.engine.pool import Kind, Limits, Pool, Reply, Request, Source
from asckg.engine.pool.format import graph_format, result_format
from asckg.error import AsckgError
from asckg.namespace import with_prefixes
from asckg.term import Row, Rows, Term

_RESULT = 4 << 20
LIMITS = Limits(result=_RESULT, inline=_RESULT, workers=1)
"""Limits as the server's, with answers of at most 4 MiB: an assistant reads no more."""
_WRONG = frozenset({Kind.BAD_QUERY, Kind.REFUSED, Kind.NO_MEMORY, Kind.TOO_LARGE, Kind.FAILED, Kind.NOT_ACCEPTABLE})


class Runner:
    """Runs queries on a build; none can write, reach the network, or outlive its deadline."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @classmethod
    @asynccontextmanager
    async def on(cls, build: Build, limits: Limits = LIMITS) -> AsyncIterator["Runner"]:
        """Yield a runner on a build's store and end its workers afterwards.

        Raises `AsckgError` on a graph that was opened from files or an endpoint and so has no store.
        """
        if not build.store_path.is_dir():
            raise AsckgError("queries run on a build; run `asckg build` and open its folder")
        pool = Pool(limits)
        await pool.load(Source(build.store_path, build.version, int(build.manifest["triples"]) * 2))
        try:
            yield cls(pool)
        finally:
            await pool.close(patience=0)

    async def run(self, text: str, bindings: Mapping[str, Term] | None = None) -> Rows | bool | str:
        """Return rows of a SELECT, the answer of an ASK, or Turtle; raise `AsckgError` on what cannot be run."""
        tabular, triples = result_format("application/sparql-results+json"), graph_format("text/turtle")
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


def as_csv(rows: Rows) -> str:
    """Return rows as CSV with prefixed names, which costs an assistant fewer words than JSON."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([["" if term is None else str(term) for term in row] for row in rows.rows])
    return stream.getvalue()
