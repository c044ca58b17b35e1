"""`/reconcile`: the W3C Entity Reconciliation API 0.2, as OpenRefine and others call it."""

import html
import json
import re
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from asckg.link.entity import entities_of
from asckg.link.identifier import SCHEMES
from asckg.link.record import Record
from asckg_api.link.manifest import base_of, manifest

if TYPE_CHECKING:
    from asckg.link.reconcile import Reconciler

router = APIRouter(prefix="/reconcile", tags=["linking"])
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,100}")
_MOST_QUERIES = 500
_SHOWN = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
_PREVIEW = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title></head>
<body style="font:14px/1.4 sans-serif;margin:8px"><strong><a href="{address}" target="_blank" rel="noopener">{name}</a>
</strong><p style="margin:4px 0">{description}</p><p style="margin:4px 0;color:#555">{names}</p></body></html>"""


def reconciler(request: Request) -> "Reconciler":
    """Return the reconciler of the application, made at the first call and anew after a rebuild."""
    from asckg.link.reconcile import Reconciler  # noqa: PLC0415 - scipy behind it is slow to import

    graph = request.app.state.graph
    kept: tuple[str, Reconciler] | None = getattr(request.app.state, "reconciler", None)
    if kept is None or kept[0] != graph.build.version:
        kept = (graph.build.version, Reconciler(entities_of(graph.corpus)))
        request.app.state.reconciler = kept
    return kept[1]


def answer(value: Any, callback: str = "") -> Response:
    """Return JSON, or JSONP for clients that ask for a callback."""
    body = json.dumps(value, ensure_ascii=False)
    headers = {"X-Content-Type-Options": "nosniff"}
    if not callback:
        return Response(body, media_type="application/json", headers=headers)
    if not _CALLBACK.fullmatch(callback):
        raise HTTPException(400, "the callback is not the name of a function")
    return Response(f"/**/{callback}({body});", media_type="text/javascript", headers=headers)


async def _serve(request: Request, queries: str, extend: str, callback: str) -> Response:
    service = await run_in_threadpool(reconciler, request)
    if queries:
        batch = _object(queries, "queries")
        if len(batch) > _MOST_QUERIES:
            raise HTTPException(413, f"a batch holds at most {_MOST_QUERIES} queries")
        for key, item in batch.items():
            if fault := _fault(item):
                raise HTTPException(400, f"query {key!r}: {fault}")
        return answer(await run_in_threadpool(service.answer, batch), callback)
    if extend:
        wanted = _object(extend, "extend")
        properties = wanted.get("properties")
        if not isinstance(wanted.get("ids"), list) or not isinstance(properties, list):
            raise HTTPException(400, "extend takes an object with ids and properties, both lists")
        if not all(isinstance(item, dict) and "id" in item for item in properties):
            raise HTTPException(400, "every property to extend by is an object with an id")
        if not all(isinstance(item.get("settings") or {}, dict) for item in properties):
            raise HTTPException(400, "the settings of a property are an object")
        if not all(_is_count((item.get("settings") or {}).get("limit")) for item in properties):
            raise HTTPException(400, "the limit of a property is a whole number, 0 for all values")
        return answer(await run_in_threadpool(service.extend, wanted), callback)
    return answer(manifest(request, service), callback)


def _is_count(limit: Any) -> bool:
    """Say whether a limit is a number, as clients send it: empty, a number, or a text of digits."""
    return limit in (None, "") or (isinstance(limit, int | str) and str(limit).isdecimal())


def _fault(query: Any) -> str:
    """Return what is wrong with the form of a query; an empty string when nothing is."""
    if not isinstance(query, dict):
        return "it is not an object"
    properties = query.get("properties") or []
    if not isinstance(properties, list) or not all(isinstance(item, dict) and "pid" in item for item in properties):
        return "properties is a list of objects, each with a pid and a v"
    return "type is a name or a list of names" if not isinstance(query.get("type") or [], str | list | dict) else ""


def _object(text: str, what: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise HTTPException(400, f"{what} is not JSON: {error}") from error
    except RecursionError as error:
        raise HTTPException(400, f"{what} has lists in each other too deep for a query") from error
    if not isinstance(found, dict):
        raise HTTPException(400, f"{what} is not a JSON object")
    return found


@router.get("")
async def reconcile_get(request: Request, queries: str = "", extend: str = "", callback: str = "") -> Response:
    """Return the manifest; or with `queries` the candidates, or with `extend` the values."""
    return await _serve(request, queries, extend, callback)


@router.post("")
async def reconcile_post(
    request: Request, queries: Annotated[str, Form()] = "", extend: Annotated[str, Form()] = ""
) -> Response:
    """Return the candidates of `queries`, or the values of `extend`, from a form body."""
    if not queries and not extend and await request.body():
        raise HTTPException(400, "the body is a form with `queries` or `extend`, which hold JSON")
    return await _serve(request, queries, extend, "")


@router.get("/suggest/{kind}")
async def suggest(
    request: Request, kind: str, prefix: str = "", cursor: Annotated[int, Query(ge=0)] = 0, callback: str = ""
) -> Response:
    """Return entities, types or properties for a text that is being typed."""
    service = await run_in_threadpool(reconciler, request)
    if kind == "entity":
        return answer(await run_in_threadpool(service.suggest_entities, prefix, cursor), callback)
    if kind in {"type", "property"}:
        return answer(service.suggest_types(prefix) if kind == "type" else service.suggest_properties(prefix), callback)
    raise HTTPException(404, "there are suggestions of entity, type and property")


@router.get("/flyout/{kind}")
async def flyout(request: Request, kind: str, id: str = "", callback: str = "") -> Response:  # noqa: A002 - the API's word
    """Return a few words of HTML about an entity, a type or a property."""
    service = await run_in_threadpool(reconciler, request)
    record = service.record(id)
    if kind == "entity" and record is not None:
        text = service.description(record)
    elif kind == "type" and id in service.entities.types:
        text = service.entities.types[id]
    elif kind == "property":
        text = id
    else:
        raise HTTPException(404, f"there is no {kind} {id!r}")
    return answer({"id": id, "html": f"<p>{html.escape(text)}</p>"}, callback)


def _identified(record: Record) -> list[tuple[str, str]]:
    """Return the identifiers of an entity by scheme; rows of tables are none."""
    return [(scheme, value) for scheme, found in record.identifiers.items() if scheme in SCHEMES for value in found]


@router.get("/preview")
async def preview(request: Request, id: str = "") -> Response:  # noqa: A002 - the API's word
    """Return a small page about an entity, for a frame of another site."""
    service = await run_in_threadpool(reconciler, request)
    record = service.record(id)
    if record is None:
        raise HTTPException(404, f"there is no entity {id!r}")
    said = {
        "name": record.name,
        "address": f"{base_of(request)}/id/{id}",
        "description": service.description(record),
        "names": "; ".join(f"{SCHEMES[scheme].label} {value}" for scheme, value in _identified(record)),
    }
    page = _PREVIEW.format(**{key: html.escape(value) for key, value in said.items()})
    return HTMLResponse(page, headers={"Content-Security-Policy": _SHOWN, "Access-Control-Allow-Origin": "*"})


@router.get("/properties")
async def properties(
    request: Request, type: str = "", limit: Annotated[int, Query(ge=0)] = 0, callback: str = ""  # noqa: A002
) -> Response:  # fmt: skip
    """Return the properties that can be fetched for entities of a type."""
    service = await run_in_threadpool(reconciler, request)
    return answer(service.propose_properties(type, limit), callback)
