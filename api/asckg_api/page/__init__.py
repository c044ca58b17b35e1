"""Pages for people: every thing of the graph, search, questions, tables, and what this is."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from starlette.responses import Response

from asckg_api.page import (
    about,
    api,
    basket,
    claims,
    compare,
    data,
    editor,
    entity,
    home,
    identity,
    matrix,
    question,
    references,
    search,
    timeline,
)
from asckg_api.view import static
from asckg_api.view.book import Book
from asckg_api.view.respond import page

PARTS = (
    home, identity, data, entity, search, about, question, claims, references, matrix, compare, timeline, basket,
    editor, api,
)  # fmt: skip


def install(app: FastAPI) -> None:
    """Add the pages to the application, with one book of what they read."""
    app.state.book = Book(app.state.graph, app.state.settings)
    app.state.render_problem = render_problem
    static.install(app)
    editor.install(app)
    for part in PARTS:
        app.include_router(part.router)


def render_problem(request: Request, status: int, detail: str) -> Response:
    """Return a problem as a page: what is wrong, and two ways on."""
    return page(request, "problem.html", status, title=HTTPStatus(status).phrase, detail=detail)
