"""Errors as RFC 9457 problem details, or as a page for a browser."""

import html
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from asckg.engine.embedded import QuerySyntaxError
from asckg.error import AsckgError, EndpointError

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **extra: object) -> JSONResponse:
    """Return a problem document with the standard's title for `status`."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **extra}
    return JSONResponse(body, status, dict(headers or {}), MEDIA_TYPE)


def wants_html(request: Request) -> bool:
    """Return whether the client is a browser that asks for a page."""
    return "text/html" in request.headers.get("accept", "")


def respond(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the problem as the client can read it."""
    if not wants_html(request):
        return problem(status, detail, headers)
    render = getattr(request.app.state, "render_problem", None)
    if render is not None:
        page: Response = render(request, status, detail)
        page.headers.update(headers or {})
        return page
    title = HTTPStatus(status).phrase
    body = f"<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1><p>{html.escape(detail)}"
    return Response(body, status, dict(headers or {}), "text/html")


def install(app: FastAPI) -> None:
    """Make `app` answer every error that a client can cause with a problem document."""

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        return respond(request, error.status_code, str(error.detail), error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        places = "; ".join(f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors())
        return respond(request, 400, places)

    @app.exception_handler(QuerySyntaxError)
    async def syntax(request: Request, error: QuerySyntaxError) -> Response:
        if wants_html(request):
            return respond(request, 400, str(error))
        return problem(400, str(error), line=error.line, column=error.column)

    @app.exception_handler(EndpointError)
    async def gateway(request: Request, error: EndpointError) -> Response:
        return respond(request, error.status, str(error), {"Retry-After": "10"})

    @app.exception_handler(AsckgError)
    async def misuse(request: Request, error: AsckgError) -> Response:
        return respond(request, 400, str(error))
