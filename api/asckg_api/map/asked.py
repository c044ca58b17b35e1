"""The map of any query's answer: the first two columns of things are its ends, a third between them its links."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.engine.pool import Request as Task
from asckg.engine.pool import StoppedError
from asckg.engine.pool.format import result_format
from asckg.map.data import Link, MapData, join
from asckg.map.layout import laid_out
from asckg_api.map.answer import given, shown
from asckg_api.view.book import book

router = APIRouter(tags=["maps"])
Text = Annotated[str, Query(max_length=20_000, description="A SELECT with at least two columns of things.")]
MOST = 1500
JSON = "application/sparql-results+json"
READ = "Each line is a row of the answer. The marks are the things in its columns."


@router.get("/maps/query.{suffix}")
async def query_file(request: Request, suffix: str, query: Text, layout: str = "") -> Response:
    """Return the map of a query's answer as a file."""
    made = await _made(request, query, layout)
    return await run_in_threadpool(given, request, made, "/maps/query", suffix)


@router.get("/maps/query")
async def query_map(request: Request, query: Text, layout: str = "") -> Response:
    """Return the map of a query's answer; the query runs in a worker that can be stopped."""
    made = await _made(request, query, layout)
    return await run_in_threadpool(shown, request, made, "/maps/query")


async def _made(request: Request, query: str, layout: str) -> MapData:
    answer = await _answer(request, query)
    return await run_in_threadpool(_drawn, request, answer, layout)


async def _answer(request: Request, query: str) -> dict[str, Any]:
    pool = request.app.state.serving.pool
    written = result_format(JSON)
    task = Task("query", query, written.code if written else 1)
    try:
        reply = await pool.submit(task, client=request.client.host if request.client else "unknown").done
    except StoppedError as error:
        raise HTTPException(503, f"the query was stopped: {error}") from error
    try:
        found: dict[str, Any] = json.loads(reply.payload)
    except json.JSONDecodeError as error:
        raise HTTPException(400, reply.text or "this query gives no rows, so it cannot be drawn") from error
    return found


def _drawn(request: Request, answer: dict[str, Any], layout: str) -> MapData:
    rows = answer.get("results", {}).get("bindings", [])
    columns = answer.get("head", {}).get("vars", [])
    things = [c for c in columns if any(row.get(c, {}).get("type") == "uri" for row in rows)]
    if len(things) < 2:  # noqa: PLR2004  # a line has two ends
        raise HTTPException(400, "a map needs a SELECT with two columns of things; this answer has fewer")
    source, kind, target = (things[0], things[1], things[2]) if len(things) > 2 else (things[0], "", things[1])  # noqa: PLR2004
    links = [Link(row[source]["value"], row[target]["value"], row.get(kind, {}).get("value", "")) for row in rows[:MOST]
             if row.get(source, {}).get("type") == "uri" and row.get(target, {}).get("type") == "uri"]  # fmt: skip
    left = max(0, len(rows) - MOST)
    said = f"{len(rows):,} rows." + (f" {left:,} rows are left out." if left else "")
    head = MapData("query", "Map of a query", said, READ, (), (), {}, truncated=left)
    return laid_out(join(head, links, book(request).labels), layout)
